import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyFilterOf } from '../../../cli/s3/key-filter';
import { S3Reading } from '../../../cli/s3/reading';
import { readLogs } from '../../../lambda/logs/read-logs';
import { givenUpdate, layerVersion } from '../../fixtures/records';

/** S3's two calls on loopback, with objects that it refuses to give. */
class LoopbackBucket {
  readonly refused = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly objects: ReadonlyMap<string, string>,
  ) {}

  static async start(objects: ReadonlyMap<string, string>): Promise<LoopbackBucket> {
    let bucket: LoopbackBucket | undefined;
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      const key = decodeURIComponent(pathname).replace(/^\/trail\/?/, '');
      if (key === '') response.end(bucket?.listing(searchParams.get('prefix') ?? ''));
      else if (bucket?.refused.has(key))
        response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
      else response.end(bucket?.objects.get(key));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    bucket = new LoopbackBucket(server, objects);
    process.env['AWS_ENDPOINT_URL_S3'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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

  async stop(): Promise<void> {
    delete process.env['AWS_ENDPOINT_URL_S3'];
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const keys = ['a.json', 'b.json', 'c.json'];
const recordOf = (name: string) => JSON.stringify(givenUpdate([layerVersion('base', 1)], {}, name));

async function read(state: string) {
  const reading = new S3Reading('s3://trail/', keyFilterOf({}), state);
  const problems: string[] = [];
  const names: string[] = [];
  const logs = readLogs([], {
    prefilterTerms: ['teFunction'],
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
    state = mkdtempSync(join(tmpdir(), 'layerwatch-s3-'));
  });
  afterEach(() => bucket.stop());

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
