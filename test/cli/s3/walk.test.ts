import { s3Client } from '../../../cli/aws/s3';
import { type FilterOptions, keyFilterOf } from '../../../cli/s3/key-filter';
import { estimate, formatEstimate, Walk } from '../../../cli/s3/walk';
import { accessDenied, type Input, LoopbackAws } from '../../harness/loopback-aws';

const key = (account: string, region: string, day: string, name: string) =>
  `AWSLogs/${account}/CloudTrail/${region}/${day}/${name}.json.gz`;

const keys = [
  key('123456789012', 'eu-west-3', '2026/10/05', 'a'),
  key('123456789012', 'eu-west-3', '2026/10/06', 'b'),
  key('123456789012', 'eu-west-3', '2026/10/06', 'c'),
  key('123456789012', 'us-east-1', '2026/10/06', 'd'),
  key('210987654321', 'eu-west-3', '2026/10/06', 'e'),
  'AWSLogs/123456789012/CloudTrail-Digest/eu-west-3/2026/10/06/digest.json.gz',
  'AWSLogs/readme.md',
];

/** As S3 lists: keys in order, folders up to the next slash where a delimiter is given, and pages. */
function listing(all: readonly string[], input: Input, pageSize: number) {
  const prefix = String(input['prefix'] ?? '');
  const names = all
    .filter((each) => each.startsWith(prefix))
    .map((each) => {
      const end = each.indexOf('/', prefix.length);
      return input['delimiter'] === undefined || end < 0 ? each : each.slice(0, end + 1);
    });
  const unique = [...new Set(names)].sort();
  const from = Number(input['continuation-token'] ?? 0);
  const page = unique.slice(from, from + pageSize);
  return {
    CommonPrefixes: page.filter((name) => name.endsWith('/')).map((Prefix) => ({ Prefix })),
    Contents: page.filter((name) => !name.endsWith('/')).map((Key) => ({ Key, Size: 1_000 })),
    ...(from + pageSize < unique.length ? { NextContinuationToken: String(from + pageSize) } : {}),
  };
}

describe('a walk through a bucket', () => {
  let aws: LoopbackAws;
  let listed: string[];
  beforeEach(async () => {
    aws = await LoopbackAws.start();
    listed = [];
    answerWith(1_000);
  });
  afterEach(() => aws.stop());

  function answerWith(pageSize: number): void {
    aws.on('ListObjectsV2', (input) => {
      listed.push(String(input['prefix'] ?? ''));
      return listing(keys, input, pageSize);
    });
  }

  async function found(filter: FilterOptions = {}, after?: string): Promise<readonly string[]> {
    const walk = new Walk(s3Client(), 'trail', keyFilterOf(filter), after);
    const objects: string[] = [];
    for await (const object of walk.objects('AWSLogs/')) objects.push(object.key);
    return objects.map((each) => /([^/]+)\.json\.gz$/.exec(each)?.[1] ?? each);
  }

  test('given no filter, then every log of the trail is found, in the order of the keys', async () => {
    expect(await found()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test.each<[string, FilterOptions, readonly string[]]>([
    ['an account', { account: '210987654321' }, ['e']],
    ['a region', { logRegion: 'us-east-1' }, ['d']],
    ['a first day', { from: '2026-10-06' }, ['b', 'c', 'd', 'e']],
    ['a last day', { to: '2026-10-05' }, ['a']],
  ])('given %s, then only its logs are found', async (_, filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  test('given an account, then no folder of another account is listed', async () => {
    await found({ account: '210987654321' });
    expect(listed.filter((prefix) => prefix.includes('123456789012'))).toEqual([]);
  });

  test('given pages of one name, then the same logs are found', async () => {
    answerWith(1);
    expect(await found()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('given a key to start after, then the logs up to it are skipped', async () => {
    expect(await found({}, keys[1])).toEqual(['c', 'd', 'e']);
  });

  test('given a key to start after, then no folder before it is listed', async () => {
    await found({}, keys[3]);
    expect(listed.filter((prefix) => prefix.includes('eu-west-3/2026'))).toEqual([
      'AWSLogs/210987654321/CloudTrail/eu-west-3/2026/',
      'AWSLogs/210987654321/CloudTrail/eu-west-3/2026/10/',
      'AWSLogs/210987654321/CloudTrail/eu-west-3/2026/10/06/',
    ]);
  });

  test('given a bucket that may not be listed, then the walk fails', async () => {
    aws.on('ListObjectsV2', accessDenied);
    await expect(found()).rejects.toThrow('is not authorized');
  });

  test('given a bucket, then the estimate counts its logs, bytes and requests', async () => {
    const walk = new Walk(s3Client(), 'trail', keyFilterOf({ account: '210987654321' }), undefined);
    expect(await estimate(walk, { bucket: 'trail', prefix: 'AWSLogs/' })).toEqual({
      objects: 1,
      bytes: 1_000,
      listRequests: listed.length,
    });
  });
});

test.each([
  [
    { objects: 1, bytes: 20_000, listRequests: 3 },
    's3://trail: 1 object, 20.0 kB; about less than $0.01 for requests, and less than $0.01 for the transfer where this machine is outside of AWS',
  ],
  [
    { objects: 1_000_000, bytes: 2e9, listRequests: 1_000 },
    's3://trail: 1000000 objects, 2.0 GB; about $0.41 for requests, and $0.18 for the transfer where this machine is outside of AWS',
  ],
])('given %j, then the estimate says what it costs', (counted, sentence) => {
  expect(formatEstimate('s3://trail', counted)).toBe(sentence);
});
