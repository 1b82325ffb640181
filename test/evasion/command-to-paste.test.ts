import fc from 'fast-check';
import { emailOf } from '../../lambda/notification/email';
import { slackOf } from '../../lambda/notification/slack';
import { findingOf } from '../fixtures/finding';
import { account, givenPublish, givenUpdate, layerVersion, region } from '../fixtures/records';

/**
 * A log from elsewhere holds names that end a quotation in a shell, or that the AWS CLI reads as an option or as a file to send
 * away. It fails: a command is built from text of AWS's own grammar, or there is none.
 */
const foreign = layerVersion('boto-utils', 3, '999988887777');
const hostile = [
  'x`; touch pwned; echo `',
  '--endpoint-url=http://127.0.0.1:18081',
  'file:///home/ana/.aws/credentials',
  '$(id)',
  "'; id; '",
  'a\nb',
  'arn:aws:lambda:eu-west-3:123456789012:layer:base:4 --endpoint-url=http://evil',
];

const commandsOf = (record: unknown, before?: readonly string[]) =>
  findingOf(record, {}, before === undefined ? {} : { before }).layerwatch.undo.commands;

test.each(hostile)('given %j in the list before, then there is no command', (text) => {
  expect(commandsOf(givenUpdate([foreign]), [text])).toEqual([]);
});

test.each(hostile)('given %j as the name of the function, then no command holds it', (text) => {
  const fields = { requestParameters: { functionName: text, layers: [foreign] }, responseElements: null };
  expect(commandsOf(givenUpdate([foreign], fields), []).join('\n')).not.toContain(text);
});

test.each(hostile)('given %j as the name of a published layer, then there is no command', (text) => {
  const answer = { responseElements: { version: 3 } };
  expect(commandsOf(givenPublish(text, 3, { requestParameters: { layerName: text }, ...answer }))).toEqual(
    [],
  );
});

test.each(hostile)('given %j as the region, then there is no command', (text) => {
  expect(commandsOf(givenUpdate([foreign], { awsRegion: text, responseElements: null }), [])).toEqual([]);
});

test('given a name that is none of AWS, then the note says why there is no command', () => {
  const { note } = findingOf(givenUpdate([foreign]), {}, { before: ['file://x'] }).layerwatch.undo;
  expect(note).toBe('no command is given, because a name in the record is none that AWS allows');
});

test('given names of AWS, then email and Slack show the same command as the document', () => {
  const document = findingOf(givenUpdate([foreign]), {}, { before: [layerVersion('base', 4)] });
  const [command = 'none'] = document.layerwatch.undo.commands;
  expect(command).toBe(
    `aws lambda update-function-configuration --region ${region} --function-name payments --layers arn:aws:lambda:${region}:${account}:layer:base:4`,
  );
  expect(emailOf(document, {})).toContain(`   ${command}\n`);
  expect(JSON.parse(slackOf(document, {})).content.description).toContain(`\`\`\`${command}\`\`\``);
});

const anyName = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile));

test('given any names at all, then every command consists of what needs no quotation, and of our own words', () => {
  fc.assert(
    fc.property(anyName, anyName, fc.array(anyName, { maxLength: 3 }), (functionName, awsRegion, before) => {
      const fields = {
        awsRegion,
        requestParameters: { functionName, layers: [foreign] },
        responseElements: null,
      };
      for (const command of commandsOf(givenUpdate([foreign], fields), before))
        expect(command).toMatch(/^aws lambda [a-z-]+( [A-Za-z0-9:_-]+| '\[\]'| '[A-Za-z[\]{}:.,]+')+$/);
    }),
    { numRuns: 500 },
  );
});

/** The lines of the email that are commands, whatever section they are in. */
const pastedLines = (email: string) => email.split('\n').filter((line) => /^ {3}(?!https:)/.test(line));

const pasted =
  /^ {3}(?:curl -sSfo \.\/[A-Za-z0-9_-]+-\d+\.zip "\$\((?=aws ))?(?:aws|npx)( [A-Za-z0-9:_=,.@/-]+| '\[\]'| '[A-Za-z[\]{}:.,]+')+(?:\)")?$/;

test('given any layers and any caller, then every command of the email consists of what needs no quotation', () => {
  const anyArn = fc.oneof(
    anyName,
    fc.constant(foreign),
    anyName.map((name) => layerVersion(name, 3, '999988887777')),
  );
  fc.assert(
    fc.property(fc.array(anyArn, { maxLength: 4 }), anyName, anyName, (layers, userName, accessKeyId) => {
      const userIdentity = {
        type: 'IAMUser',
        arn: `arn:aws:iam::${account}:user/${userName}`,
        userName,
        accessKeyId,
      };
      const lines = pastedLines(
        emailOf(findingOf(givenUpdate(layers, { userIdentity }), {}, { before: [] }), {}),
      );
      for (const line of lines) expect(line).toMatch(pasted);
    }),
    { numRuns: 300 },
  );
});

test('given names of AWS, then the email has commands to restore, to save the layer and to take the key', () => {
  const userIdentity = {
    type: 'IAMUser',
    arn: `arn:aws:iam::${account}:user/eve`,
    userName: 'eve',
    accessKeyId: 'AKIAEXAMPLE000000002',
  };
  const document = findingOf(givenUpdate([foreign], { userIdentity }), {}, { before: [] });
  expect(
    pastedLines(emailOf(document, {})).map((line) => line.trim().split(' ').slice(0, 3).join(' ')),
  ).toEqual([
    'npx layerwatch restore',
    'aws iam update-access-key',
    'curl -sSfo ./boto-utils-3.zip',
    'npx layerwatch show',
    'aws lambda update-function-configuration',
  ]);
});

test('given a document of a release before that holds a hostile command, then no message shows it', () => {
  const document = findingOf(givenUpdate([foreign]));
  const undo = { commands: ['aws x\nScore    0', 'aws `id`'], note: 'of before' };
  const old = { ...document, layerwatch: { ...document.layerwatch, undo } };
  expect(`${emailOf(old, {})}${slackOf(old, {})}`).not.toMatch(/aws x|aws `id`/);
});
