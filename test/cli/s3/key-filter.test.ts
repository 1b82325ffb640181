import fc from 'fast-check';
import { s3AddressOf } from '../../../cli/s3/address';
import { keyFilterOf, mayHold } from '../../../cli/s3/key-filter';

const filter = keyFilterOf({
  account: '123456789012,210987654321',
  logRegion: 'eu-west-3',
  from: '2026-09-28',
  to: '2026-10-02',
});

test.each([
  ['AWSLogs/', true],
  ['audit/AWSLogs/123456789012/', true],
  ['AWSLogs/o-abcdefghij/123456789012/', true],
  ['AWSLogs/999988887777/', false],
  ['AWSLogs/o-abcdefghij/999988887777/', false],
  ['AWSLogs/123456789012/CloudTrail/', true],
  ['AWSLogs/123456789012/CloudTrail-Digest/', false],
  ['AWSLogs/123456789012/CloudTrail-Insight/eu-west-3/', false],
  ['AWSLogs/123456789012/CloudTrail/us-east-1/', false],
  ['AWSLogs/123456789012/CloudTrail/eu-west-3/2025/', false],
  ['AWSLogs/123456789012/CloudTrail/eu-west-3/2026/', true],
  ['AWSLogs/123456789012/CloudTrail/eu-west-3/2026/08/', false],
  ['AWSLogs/123456789012/CloudTrail/eu-west-3/2026/09/', true],
  ['AWSLogs/123456789012/CloudTrail/eu-west-3/2026/09/27/', false],
  ['AWSLogs/123456789012/CloudTrail/eu-west-3/2026/10/02/x.json.gz', true],
  ['AWSLogs/123456789012/CloudTrail/eu-west-3/2026/10/03/x.json.gz', false],
  ['some/other/place.json', true],
])('given %s, then whether it may hold what is wanted is %s', (prefix, expected) => {
  expect(mayHold(prefix, filter)).toBe(expected);
});

test.each(['us-gov-west-1', 'us-isof-south-1', 'eusc-de-east-1'])(
  'given region %s, then it is taken',
  (logRegion) => {
    expect(keyFilterOf({ logRegion }).regions).toEqual([logRegion]);
  },
);

test('given a key that is wanted, then every folder above it may hold it', () => {
  const day = fc.integer({ min: 0, max: 800 }).map((offset) => new Date(Date.UTC(2025, 6, 1 + offset)));
  const account = fc.constantFrom('123456789012', '999988887777');
  const region = fc.constantFrom('eu-west-3', 'us-east-1');
  fc.assert(
    fc.property(day, account, region, (when, who, where) => {
      const date = when.toISOString().slice(0, 10).replaceAll('-', '/');
      const key = `AWSLogs/${who}/CloudTrail/${where}/${date}/log.json.gz`;
      if (!mayHold(key, filter)) return;
      const folders = [...key.matchAll(/\//g)].map(({ index }) => key.slice(0, index + 1));
      expect(folders.filter((folder) => !mayHold(folder, filter))).toEqual([]);
    }),
  );
});

test.each([
  [{ account: '123' }, /--account is "123"; allowed/],
  [{ logRegion: 'Paris' }, /--log-region is "Paris"; allowed/],
  [{ from: 'monday' }, /--from is "monday"; allowed/],
])('given %j, then it is refused with what is allowed', (options, sentence) => {
  expect(() => keyFilterOf(options)).toThrow(sentence);
});

test.each([
  ['s3://trail', { bucket: 'trail', prefix: '' }],
  ['s3://trail/AWSLogs/', { bucket: 'trail', prefix: 'AWSLogs/' }],
])('given %s, then bucket and prefix are read', (address, expected) => {
  expect(s3AddressOf(address)).toEqual(expected);
});

test.each(['s3://', 's3:///x', 's3://UPPER/x', 's3://a/x'])('given %s, then it is refused', (address) => {
  expect(() => s3AddressOf(address)).toThrow(/is no S3 address; allowed: s3:\/\/bucket\/prefix/);
});
