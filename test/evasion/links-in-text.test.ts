import { emailOf } from '../../lambda/notification/email';
import { slackOf } from '../../lambda/notification/slack';
import { subjectOf } from '../../lambda/notification/subject';
import { findingOf } from '../fixtures/finding';
import {
  account,
  givenPublish,
  givenUpdate,
  layerVersion,
  roleIdentity,
  userIdentity,
} from '../fixtures/records';

/**
 * A name, a session or an address that mail programs and Slack turn into a link, or a mention of a channel, takes a reader of an alert
 * where the attacker wants. It fails: only our own addresses are links, and nothing of a record is markup.
 */
const evil = layerVersion('evil', 1, '999988887777');
const layerWith = (part: (text: string) => string) => (text: string) => givenUpdate([part(text)]);

/** Each place of a record that a message shows. */
const places: readonly (readonly [string, (text: string) => unknown])[] = [
  [
    'the function',
    (text) =>
      givenUpdate([evil], {
        responseElements: null,
        requestParameters: { functionName: text, layers: [evil] },
      }),
  ],
  ['a layer', layerWith((text) => text)],
  ["a layer's name", layerWith((text) => `arn:aws:lambda:eu-west-3:999988887777:layer:${text}:1`)],
  ["a layer's account", layerWith((text) => `arn:aws:lambda:eu-west-3:${text}:layer:x:1`)],
  ["a layer's version", layerWith((text) => `arn:aws:lambda:eu-west-3:${account}:layer:x:${text}`)],
  [
    'a published layer',
    (text) =>
      givenPublish(text, 1, { requestParameters: { layerName: text }, responseElements: { version: text } }),
  ],
  [
    'the session',
    (text) =>
      givenUpdate([evil], {
        userIdentity: { ...roleIdentity, arn: `arn:aws:sts::${account}:assumed-role/ci-deploy/${text}` },
      }),
  ],
  [
    'the source identity',
    (text) =>
      givenUpdate([evil], { userIdentity: { ...roleIdentity, sessionContext: { sourceIdentity: text } } }),
  ],
  ['the user', (text) => givenUpdate([evil], { userIdentity: { ...userIdentity, userName: text } })],
  ['a type of principal', (text) => givenUpdate([evil], { userIdentity: { type: text, principalId: text } })],
  [
    'a web identity',
    (text) => givenUpdate([evil], { userIdentity: { type: 'WebIdentityUser', userName: text } }),
  ],
  [
    'another account',
    (text) =>
      givenUpdate([evil], { userIdentity: { type: 'AWSAccount', accountId: text, principalId: text } }),
  ],
  [
    'the calling service',
    (text) => givenUpdate([evil], { userIdentity: { ...roleIdentity, invokedBy: text } }),
  ],
  ['the tool', (text) => givenUpdate([evil], { userAgent: text })],
  ['the source', (text) => givenUpdate([evil], { sourceIPAddress: text })],
  ['the VPC endpoint', (text) => givenUpdate([evil], { vpcEndpointId: text })],
  ['the region', (text) => givenUpdate([evil], { awsRegion: text, responseElements: null })],
  [
    'the account',
    (text) => givenUpdate([evil], { recipientAccountId: text, userIdentity: {}, responseElements: null }),
  ],
  ['the event id', (text) => givenUpdate([evil], { eventID: text })],
  ['the action', (text) => givenUpdate([evil], { eventName: `UpdateFunctionConfiguration${text}` })],
];

const links = [
  'https://evil.example/x',
  'HTTPS://evil.example',
  'file:///etc/passwd',
  'www.evil.example',
  'WWW.evil.example',
  '[click](https://evil.example/x)',
  '<https://evil.example|ok>',
  'mailto:ops@evil.example',
];
const markup = [
  '@here',
  '<!channel>',
  '<!here|here>',
  '<@U123>',
  '*bold*',
  '`code`',
  '~gone~',
  'a\nUndo: aws x',
  '\u001b[31m',
];

const ownLink =
  /https:\/\/(?:[a-z0-9-]+\.)?console\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)\/[^\s|>]*/g;
const anyLink = /:\/\/|\bwww\.|\bmailto:/i;

/** Text in which Slack reads markup: neither in code nor in a link of our own. */
function slackMarkup(description: string): string {
  return description
    .replace(/```[^`]*```/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(ownLink, '');
}

describe.each(places)('given %s', (_, make) => {
  test.each(links)('that is %j, then no message makes a link of it', (text) => {
    const document = findingOf(make(text), {}, { before: [] });
    expect(emailOf(document, {}).replace(ownLink, '')).not.toMatch(anyLink);
    expect(subjectOf(document)).not.toMatch(anyLink);
    const { title, description } = JSON.parse(slackOf(document, {})).content;
    expect(`${title}\n${slackMarkup(description)}`).not.toMatch(anyLink);
  });

  test.each(markup)('that is %j, then it is no markup and no line of its own', (text) => {
    const document = findingOf(make(text), {}, { before: [] });
    const { title, description } = JSON.parse(slackOf(document, {})).content;
    expect(title).not.toMatch(/[@<>*_`~\n]/);
    expect(description).not.toMatch(/<[!@]/);
    expect(slackMarkup(description)).not.toMatch(/@here|U123|bold|gone/);
    const email = emailOf(document, {});
    expect(email).not.toMatch(/\n *Undo: aws x/);
    expect(email.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
