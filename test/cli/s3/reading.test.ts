import { keyFilterOf } from '../../../cli/s3/key-filter';
import { S3Reading } from '../../../cli/s3/reading';
import { readLogs } from '../../../lambda/logs/read-logs';
import { givenUpdate, layerVersion } from '../../fixtures/records';
import { startLoopbackServer } from '../../harness/loopback-server';
import { closeAfterwards } from '../../harness/open-resources';
import { temporaryFolder } from '../../harness/temporary-folder';

/** S3's two calls on loopback, with objects that it refuses to give. */
class LoopbackBucket {
  readonly refused = new Set<string>();

  private constructor(private readonly objects: ReadonlyMap<string, string>) {}

  static async start(objects: ReadonlyMap<string, string>): Promise<LoopbackBucket> {
    let bucket: LoopbackBucket | undefined;
    const { endpoint } = await startLoopbackServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      const key = decodeURIComponent(pathname).replace(/^\/trail\/?/, '');
      if (key === '') response.end(bucket?.listing(searchParams.get('prefix') ?? ''));
      else if (bucket?.refused.has(key))
        response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
      else response.end(bucket?.objects.get(key));
    });
    bucket = new LoopbackBucket(objects);
    process.env['AWS_ENDPOINT_URL_S3'] = endpoint;
    closeAfterwards(() => delete process.env['AWS_ENDPOINT_URL_S3']);
    Object.assign(process.env, {
      AWS_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    return bucket;
  }

  private listing(prefix: string): string {
    const found = [...this.objects].filter(([key]) => key.startsWith(prefix));
    const entries = found.map(
      ([key, text]) => `<Contents><Key>${key}</Key><Size>${text.length}</Size></Contents>`,
    );
    return `<ListBucketResult>${entries.join('')}</ListBucketResult>`;
  }
}

const keys = ['a.json', 'b.json', 'c.json'];
const recordOf = (name: string) => JSON.stringify(givenUpdate([layerVersion('base', 1)], {}, name));

async function read(state: string) {
  const reading = new S3Reading('s3://trail/', keyFilterOf({}), state);
  const problems: string[] = [];
  const names: string[] = [];
  const logs = readLogs([], {
    eventNamePrefixes: ['UpdateFunction'],
    onProblem: ({ file }) => problems.push(file),
    remote: { found: reading.found(), bytes: 0 },
    onFinished: (name) => reading.finished(name),
  });
  for await (const { record } of logs.candidates)
    names.push((record as { requestParameters: { functionName: string } }).requestParameters.functionName);
  reading.end();
  return { names, problems };
}

describe('a reading from S3 with a state folder', () => {
  let bucket: LoopbackBucket;
  let state: string;
  beforeEach(async () => {
    bucket = await LoopbackBucket.start(new Map(keys.map((key) => [key, recordOf(key)])));
    state = temporaryFolder();
  });

  test('given all objects, then they are read in order, and the next run has nothing left', async () => {
    expect(await read(state)).toEqual({ names: keys, problems: [] });
    expect(await read(state)).toEqual({ names: [], problems: [] });
  });

  test('given an object that S3 refuses, then it is named, the others are read, and the next run tries it again', async () => {
    bucket.refused.add('b.json');
    const first = await read(state);
    expect(first).toEqual({ names: ['a.json', 'c.json'], problems: ['s3://trail/b.json'] });
    bucket.refused.clear();
    expect(await read(state)).toEqual({ names: ['b.json', 'c.json'], problems: [] });
  });
});
