import { type Envelope, mismatchOf, readEnvelope } from '../../lambda/detection/envelope';
import { parseRecord } from '../../lambda/detection/record';
import { account, givenEnvelope, givenUpdate, region } from '../fixtures/records';

const recordOf = (fields: Readonly<Record<string, unknown>>) => {
  const parsed = parseRecord(givenUpdate([], fields));
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return parsed.record;
};
const envelope: Envelope = { account, region, source: 'aws.lambda' };

test.each<[string, Readonly<Record<string, unknown>>, Partial<Envelope>, RegExp | undefined]>([
  ['what fits', {}, {}, undefined],
  ['another account', {}, { account: '210987654321' }, /claims to be of account 123456789012/],
  ['no account, from the own one', { recipientAccountId: undefined }, {}, undefined],
  [
    'no account, from another',
    { recipientAccountId: undefined },
    { account: '210987654321' },
    /names no account/,
  ],
  ['another region', { awsRegion: 'us-east-1' }, {}, /claims to be of region us-east-1/],
  ['no region', { awsRegion: undefined }, {}, undefined],
  ['another source', {}, { source: 'custom.lambda' }, /came from source custom\.lambda/],
  ['a source in China', { eventSource: 'lambda.amazonaws.com.cn' }, {}, undefined],
  [
    'an envelope that says nothing',
    {},
    { account: undefined, region: undefined, source: undefined },
    undefined,
  ],
])('given a record of %s, then whether it is believed is right', (_, fields, said, expected) => {
  const mismatch = mismatchOf(recordOf(fields), { ...envelope, ...said }, account);
  if (expected === undefined) expect(mismatch).toBeUndefined();
  else expect(mismatch).toMatch(expected);
});

test('given a record without an envelope, from a log or the event history, then there is nothing to compare', () => {
  expect(readEnvelope(givenUpdate([]))).toBeUndefined();
  expect(readEnvelope({ detail: givenUpdate([]) })).toBeUndefined();
  expect(readEnvelope(givenEnvelope(givenUpdate([])))).toEqual(envelope);
});
