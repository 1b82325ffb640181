import Ajv2020 from 'ajv/dist/2020';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { digestNotification } from '../../lambda/notification/digest';
import { gapNotification } from '../../lambda/notification/gap';
import { plainNotification, renderNotification } from '../../lambda/notification/message';
import { slackBlocks } from '../../scripts/pictures/slack-markup';
import { fuzzDocuments, sampleDocuments } from '../../scripts/standards/documents';
import schema from '../fixtures/amazon-q-notification.schema.json';
import { looked } from '../fixtures/looked-up';

const validate = new Ajv2020().compile(schema);

/** Why Amazon Q would drop the message; none for one that it sends. */
function problemsOf(https: string | undefined): readonly string[] {
  if (https === undefined) return ['there is no message'];
  return validate(JSON.parse(https))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function markdownOf(document: FindingDocument): string {
  const { content } = JSON.parse(renderNotification(document, {}).bodies['https'] ?? '') as {
    readonly content: { readonly description: string; readonly nextSteps: readonly string[] };
  };
  return [content.description, ...content.nextSteps].join('\n');
}

const samples = sampleDocuments();
const documents: readonly (readonly [string, readonly FindingDocument[]])[] = [
  ['the sample run', samples],
  ['the samples with all that Lambda may say', samples.map(looked)],
  ['300 mutated records', fuzzDocuments(300)],
];

describe.each(documents)('given the findings of %s', (_, findings) => {
  test('then each message is what Amazon Q takes', () => {
    const problems = findings.flatMap((document) =>
      problemsOf(renderNotification(document, {}).bodies['https']),
    );
    expect(problems).toEqual([]);
  });

  test('then a second message about an alert is in the thread of the first', () => {
    for (const document of findings) {
      const [first, second] = [{}, { previouslyNotified: { band: 'low' as const } }].map(
        (context) =>
          JSON.parse(renderNotification(document, context).bodies['https'] ?? '').metadata.threadId,
      );
      expect(second).toBe(first);
    }
  });

  test('then Slack reads each sign of the markup as markup', () => {
    const left = findings
      .flatMap((document) => slackBlocks(markdownOf(document)))
      .flatMap((block) => (block.kind === 'line' ? block.spans : []))
      .filter(({ text, style }) => style === 'text' && /[*`]/.test(text));
    expect(left).toEqual([]);
  });
});

const withheld = Array.from({ length: 40 }, (_, index) => ({
  alertId: String(index).padStart(64, 'a'),
  actor: `arn:aws:iam::123456789012:role/<!channel>${'`'.repeat(200)}`,
  targetArn: `arn:aws:lambda:eu-west-3:123456789012:function:*${'&'.repeat(400)}`,
  band: 'high' as const,
  firstSeen: '2026-10-06T09:00:00.000Z',
}));
const digest = { withheld, isAll: true, now: new Date(0), alertTable: undefined, accountNames: new Map() };

test.each([
  ['alerts that were withheld, with the longest names', digestNotification(digest)],
  ['a gap', gapNotification({ from: new Date(0), to: new Date(3_600_000) })],
  ['an alert whose message SNS refused', plainNotification('b779bd22633d')],
])('given the message about %s, then it is what Amazon Q takes', (_, { bodies }) => {
  expect(problemsOf(bodies['https'])).toEqual([]);
});

describe('the markup of Slack', () => {
  test.each([
    [
      '*bold* and plain',
      [
        ['bold', true, 'text'],
        [' and plain', false, 'text'],
      ],
    ],
    [
      '*bold `code` bold*',
      [
        ['bold ', true, 'text'],
        ['code', true, 'code'],
        [' bold', true, 'text'],
      ],
    ],
    [
      '`*no* sign` *sign*',
      [
        ['*no* sign', false, 'code'],
        [' ', false, 'text'],
        ['sign', true, 'text'],
      ],
    ],
    ['2*3*4', [['2*3*4', false, 'text']]],
    ['a * b', [['a * b', false, 'text']]],
    [
      '<https://a.example/b?c=d|Open> it',
      [
        ['Open', false, 'link'],
        [' it', false, 'text'],
      ],
    ],
    ['&lt;!channel&gt; &amp;', [['<!channel> &', false, 'text']]],
  ])('given %s, then it reads as it is shown', (markdown, expected) => {
    const [line] = slackBlocks(markdown);
    const spans = line?.kind === 'line' ? line.spans : [];
    expect(spans.map(({ text, isBold, style }) => [text, isBold, style])).toEqual(expected);
  });

  test('given a block of code behind a text, then both are blocks of their own', () => {
    expect(slackBlocks('1. Run: ```aws a &amp;&amp; b```')).toMatchObject([
      { kind: 'line', spans: [{ text: '1. Run:' }] },
      { kind: 'code', text: 'aws a && b' },
    ]);
  });
});
