import fc from 'fast-check';
import { match, other } from './logs';

/** A value of a log, and what a plain reading of it yields. */
type Value = unknown;

/** Names that are wanted, begin like one, or are others. */
const names = [
  'UpdateFunctionConfiguration20150331v2',
  'PublishLayerVersion',
  'UpdateFunctionCode20150331v2',
  'GetFunctionConfiguration20150331v2',
  'publishLayerVersion',
  'Decrypt',
  '',
  'eventName',
];

const tail = (id: string) => ({
  readOnly: true,
  recipientAccountId: '123456789012',
  eventCategory: 'Management',
  tlsDetails: { tlsVersion: 'TLSv1.3', clientProvidedHostHeader: `${id}.amazonaws.com` },
});

/** As CloudTrail orders the keys of a record. */
function usualOf(eventName: string, id: string): Value {
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: id },
    eventSource: 'ec2.amazonaws.com',
    eventName,
    requestParameters: {
      policy: `{"Action":"lambda:UpdateFunctionConfiguration","x":"${id}"}`,
      items: [{ a: 1 }, { a: 2 }],
    },
    ...tail('ec2'),
  };
}

const usual = fc
  .tuple(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 6 }))
  .map(([eventName, id]) => usualOf(eventName, id));

/** A record as CloudTrail writes it, of a call that nobody asks for. */
export const usualRecord = usualOf('Decrypt', 'x');

/** What makes a record look like another one, or be none. */
export const unusualValues: readonly Value[] = [
  match('m'),
  other('o'),
  { eventVersion: '1', requestParameters: { eventName: 'UpdateFunctionConfiguration' }, ...tail('x') },
  {
    eventVersion: '1',
    eventSource: 'x',
    eventName: 'Decrypt',
    nested: [{}, { eventVersion: '1', eventName: 'PublishLayerVersion' }],
  },
  { eventVersion: '1', eventSource: 'x', eventName: 'Decrypt', Records: [match('in')], ...tail('x') },
  { Events: [other('in')], eventName: 'PublishLayerVersionX' },
  { eventName: 'PublishLayerVersion', Events: [1, 'x'] },
  { eventVersion: '1', requestParameters: { eventName: 'Decrypt' }, ...tail('x') },
  { eventVersion: '1', ...tail('x') },
  { userIdentity: {}, ...tail('x') },
  { foo: 1 },
  { 'detail-type': 'AWS API Call via CloudTrail', detail: match('d') },
  {
    version: '0',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventVersion: '1', eventName: 'Decrypt' },
  },
  { 'detail-type': 'EC2 Instance State-change Notification', detail: { state: 'x' } },
  { EventName: 'Decrypt', CloudTrailEvent: JSON.stringify(match('l')) },
  { EventName: 'PublishLayerVersion', CloudTrailEvent: JSON.stringify(other('l')) },
  { EventName: 'Decrypt', CloudTrailEvent: JSON.stringify(match('l')).replace('Update', '\\u0055pdate') },
  { CloudTrailEvent: 'no json' },
  {},
  null,
  'text',
  7,
  [],
  [{ a: 1 }],
];

const record: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: usual },
  { weight: 1, arbitrary: fc.constantFrom(...unusualValues) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as Value) },
);

/** A text of several values, each laid out by the same writer. */
export interface LogText {
  readonly values: readonly Value[];
  readonly text: string;
}

export const writers: readonly ((value: Value) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, 2),
  (value) => JSON.stringify(value, null, 1).replace(/\n */g, ' '),
];

export const arrangements: readonly ((records: readonly Value[]) => readonly Value[])[] = [
  (records) => [{ Records: records }],
  (records) => [{ Version: [1], Records: records, More: { eventName: 1 } }],
  (records) => [records],
  (records) => records,
  (records) => [{ Events: records, NextToken: 'x' }, { Records: records.slice(0, 2) }],
  (records) => [[records, [records.slice(0, 1)]]],
  (records) => [[[[[records]]]]],
  (records) => [[[[records, { Records: records }]]]],
  (records) =>
    records.map((detail) => ({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', detail })),
  (records) => [
    {
      Events: records.map((each) => ({
        EventId: 'x',
        EventName: 'Decrypt',
        CloudTrailEvent: JSON.stringify(each),
      })),
    },
  ],
];

/** Letters of strings as escapes, here and there. */
function withEscapes(text: string, seed: number): string {
  let state = seed;
  // Of a record's letters many, some, or about one.
  const oneIn = [9, 60, 300][seed % 3] ?? 9;
  const asEscape = (found: string): string => {
    state = (state * 48_271 + 11) % 2_147_483_647;
    return found.length === 1 && state % oneIn === 0 ? `\\u00${found.charCodeAt(0).toString(16)}` : found;
  };
  return text.replace(/"(?:[^"\\]|\\.)*"/g, (string) => string.replace(/\\u....|\\.|[A-Za-z]/g, asEscape));
}

function logTextOf(ways: typeof arrangements): fc.Arbitrary<LogText> {
  return fc
    .tuple(
      fc.array(record, { maxLength: 12 }),
      fc.constantFrom(...writers),
      fc.constantFrom(...ways),
      fc.option(fc.nat({ max: 1_000_000 }), { freq: 3 }),
      fc.constantFrom('\n', '\n', '\r\n', ''),
    )
    .map(([records, write, arrange, seed, joiner]) => {
      const values = arrange(records);
      const isScalar = values.some((value) => typeof value !== 'object' || value === null);
      const texts = values.map(write).map((text) => (seed === null ? text : withEscapes(text, seed)));
      return { values, text: texts.join(isScalar ? '\n' : joiner) };
    });
}

export const logText = logTextOf(arrangements);

/** As CloudTrail writes its files. */
export const textOfOneList = logTextOf(arrangements.slice(0, 1));

/** Texts from which a piece was taken, or into which one was put. */
export const damagedText: fc.Arbitrary<string> = fc
  .tuple(
    logText,
    fc.nat(),
    fc.nat({ max: 30 }),
    fc.constantFrom(
      '',
      '',
      ',',
      '"',
      '{',
      '}',
      ']',
      '\\',
      '\n',
      '{"eventVersion":1',
      '\ufeff',
      'é',
      ',null',
      ']}{"Records":[',
      ']},',
      '}',
    ),
  )
  .map(([{ text }, from, length, piece]) => {
    const at = from % (text.length + 1);
    return text.slice(0, at) + piece + text.slice(at + length);
  });
