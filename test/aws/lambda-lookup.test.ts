import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
} from '@aws-sdk/client-lambda';
import { httpArchiveReader } from '../../lambda/aws/http-archive-reader';
import { LambdaApiLookup } from '../../lambda/aws/lambda-lookup';
import { rememberingLookup } from '../../lambda/aws/remembering-lookup';
import { functionArn, layerVersion } from '../fixtures/records';
import { startLoopbackServer } from '../harness/loopback-server';

const region = 'eu-west-3';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const { signal } = new AbortController();
const layer = layerVersion('boto-utils', 3, '999988887777');
const target = functionArn('payments');
const signedBy = 'arn:aws:signer:eu-west-3:111122223333:/signing-profiles/release/a1b2c3';

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

type Answer = (asked: Asked, response: ServerResponse) => void;

/** A server on loopback that keeps what it was asked. */
class Service {
  readonly asked: Asked[] = [];

  private constructor(readonly endpoint: string) {}

  static async start(answer: Answer): Promise<Service> {
    let service: Service | undefined;
    const { endpoint } = await startLoopbackServer(({ method, url, headers }, response) => {
      service?.asked.push({ method, url, headers });
      answer({ method, url, headers }, response);
    });
    service = new Service(endpoint);
    return service;
  }
}

const json =
  (body: unknown, status = 200, headers = {}): Answer =>
  (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));

let service: Service | undefined;

async function lookupOn(answer: Answer): Promise<LambdaApiLookup> {
  service = await Service.start(answer);
  const { config } = new DynamoDBClient({ region, credentials });
  return new LambdaApiLookup({
    region,
    credentials: config.credentials,
    sha256: config.sha256,
    endpoint: service.endpoint,
  });
}

describe('asking Lambda', () => {
  const calls = [
    ['layerVersion', layer, new GetLayerVersionByArnCommand({ Arn: layer })],
    ['functionConfiguration', target, new GetFunctionConfigurationCommand({ FunctionName: target })],
    ['aliases', target, new ListAliasesCommand({ FunctionName: target })],
    ['invokers', target, new GetPolicyCommand({ FunctionName: target })],
  ] as const;

  test.each(calls)(
    'given %s, then the request is the one that the SDK makes, and signed like it',
    async (call, arn, command) => {
      const lookup = await lookupOn(json({}));
      await lookup[call](arn, signal);
      const sdk = new LambdaClient({ region, credentials, endpoint: service?.endpoint ?? '' });
      await sdk.send(command as GetPolicyCommand);
      sdk.destroy();
      const [ours, theirs] = service?.asked ?? [];
      expect([ours?.method, ours?.url]).toEqual([theirs?.method, theirs?.url]);
      const scope = (asked: Asked | undefined) =>
        /Credential=([^,]+)/.exec(asked?.headers.authorization ?? '')?.[1];
      expect(scope(ours)).toBe(scope(theirs));
      expect(ours?.headers['x-amz-security-token']).toBe('token');
    },
  );

  test('given a layer version, then its facts are read, and its address for the archive', async () => {
    const lookup = await lookupOn(
      json({
        Content: {
          ResolvedS3Object: { S3Bucket: 'team-layers', S3Key: 'utils.zip', S3ObjectVersion: 'v7' },
          SigningProfileVersionArn: signedBy,
          CodeSize: 2120,
          CodeSha256: 'aGFzaA==',
          Location: 'https://example.com/layer?X-Amz-Signature=1',
        },
        CreatedDate: '2026-10-06T21:10:05.000+0000',
        Description: 'helpers',
        LicenseInfo: 'MIT',
      }),
    );
    expect(await lookup.layerVersion(layer, signal)).toEqual({
      sizeBytes: 2120,
      sha256: 'aGFzaA==',
      created: '2026-10-06T21:10:05.000+0000',
      description: 'helpers',
      license: 'MIT',
      location: 'https://example.com/layer?X-Amz-Signature=1',
      storedIn: { bucket: 'team-layers', key: 'utils.zip', version: 'v7' },
      signedBy,
    });
  });

  test('given a function, then its environment is read by name and no value comes with it', async () => {
    const lookup = await lookupOn(
      json({
        Role: 'arn:aws:iam::123456789012:role/payments',
        Runtime: 'python3.13',
        RevisionId: 'rev-2',
        Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/w', DB_PASSWORD: 'hunter2' } },
        Layers: [{ Arn: layer }],
      }),
    );
    const facts = await lookup.functionConfiguration(target, signal);
    expect(facts).toMatchObject({
      environmentNames: ['AWS_LAMBDA_EXEC_WRAPPER', 'DB_PASSWORD'],
      layers: [layer],
    });
    expect(JSON.stringify(facts)).not.toContain('hunter2');
  });

  test('given a key that the role may not use, then the environment is not known and the reason is said', async () => {
    const lookup = await lookupOn(
      json({
        LastUpdateStatus: 'Successful',
        Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'not authorized to decrypt' } },
      }),
    );
    expect(await lookup.functionConfiguration(target, signal)).toMatchObject({
      lastUpdateStatus: 'Successful',
      environmentNames: [],
      environmentProblem: 'AccessDeniedException, not authorized to decrypt',
    });
  });

  test('given a resource policy, then those whom it admits are named; given none, then nobody', async () => {
    const Policy = JSON.stringify({
      Statement: [{ Principal: { Service: 'apigateway.amazonaws.com' } }, { Principal: '*' }],
    });
    const lookup = await lookupOn(json({ Policy }));
    expect(await lookup.invokers(target, signal)).toEqual(['*', 'apigateway.amazonaws.com']);
    const none = await lookupOn(
      json({ Message: 'none' }, 404, { 'x-amzn-errortype': 'ResourceNotFoundException' }),
    );
    expect(await none.invokers(target, signal)).toEqual([]);
  });

  test('given a refusal, then its name and the reason are reported', async () => {
    const lookup = await lookupOn(
      json({ Message: 'not authorized' }, 403, { 'x-amzn-errortype': 'AccessDeniedException:http://x' }),
    );
    await expect(lookup.layerVersion(layer, signal)).rejects.toThrow('AccessDeniedException, not authorized');
  });

  test('given a throttled answer, then it asks once more', async () => {
    let turn = 0;
    const lookup = await lookupOn((asked, response) =>
      (turn++ === 0 ? json({}, 429) : json({ Content: { CodeSize: 1 } }))(asked, response),
    );
    expect(await lookup.layerVersion(layer, signal)).toMatchObject({ sizeBytes: 1 });
  });

  test('given a layer of another region, then that region is asked', async () => {
    const lookup = await lookupOn(json({ Content: { CodeSize: 1 } }));
    await lookup.layerVersion(layer.replace(region, 'us-east-1'), signal);
    expect(service?.asked[0]?.headers.authorization).toMatch(
      /Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/lambda\//,
    );
  });

  test.each([
    ['no region', layer.replace(region, 'evil.example.com/'), 'which is no region'],
    [
      'a region of another partition',
      layer.replace(region, 'cn-north-1'),
      'in another partition than eu-west-3',
    ],
  ])('given a layer of %s, then nobody is asked', async (_, elsewhere, reason) => {
    const lookup = await lookupOn(json({}));
    await expect(lookup.layerVersion(elsewhere, signal)).rejects.toThrow(reason);
    expect(service?.asked).toEqual([]);
  });

  test('given a function of another region, then nobody is asked', async () => {
    const lookup = await lookupOn(json({}));
    const elsewhere = target.replace(region, 'us-east-1');
    await expect(lookup.functionConfiguration(elsewhere, signal)).rejects.toThrow('not in eu-west-3');
    expect(service?.asked).toEqual([]);
  });

  test('given a layer on many functions, then Lambda is asked once', async () => {
    const lookup = rememberingLookup(await lookupOn(json({ Content: { CodeSize: 1 } })), () => 0);
    for (let turn = 0; turn < 5; turn++) await lookup.layerVersion(layer, signal);
    expect(service?.asked).toHaveLength(1);
  });
});

describe('reading parts of an archive', () => {
  const archive = randomBytes(100_000);
  const range =
    (contentRange: string, body: Uint8Array, status = 206): Answer =>
    (_, response) =>
      void response.writeHead(status, { 'content-range': contentRange }).end(body);

  test('given a range, then it and the whole length are answered', async () => {
    service = await Service.start((asked, response) => {
      const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(asked.headers.range ?? '') ?? [];
      const from = first === '' ? archive.length - Number(last) : Number(first);
      const to = first === '' ? archive.length - 1 : Number(last);
      range(`bytes ${from}-${to}/${archive.length}`, archive.subarray(from, to + 1))(asked, response);
    });
    const tail = await httpArchiveReader.read(service.endpoint, { first: -500 }, signal);
    expect(Buffer.from(tail.bytes).equals(archive.subarray(-500))).toBe(true);
    const middle = await httpArchiveReader.read(service.endpoint, { first: 10, last: 19 }, signal);
    expect([middle.bytes.length, middle.totalBytes]).toEqual([10, 100_000]);
  });

  test('given a server that answers with the whole small archive, then the range is cut from it', async () => {
    service = await Service.start(range('', archive, 200));
    const tail = await httpArchiveReader.read(service.endpoint, { first: -500 }, signal);
    expect(Buffer.from(tail.bytes).equals(archive.subarray(-500))).toBe(true);
    const middle = await httpArchiveReader.read(service.endpoint, { first: 10, last: 19 }, signal);
    expect(Buffer.from(middle.bytes).equals(archive.subarray(10, 20))).toBe(true);
    expect(middle.totalBytes).toBe(100_000);
  });

  test.each([
    ['a whole archive of 5 MB', range('', new Uint8Array(5_000_000), 200), 'more than 4194304 bytes'],
    ['a refusal', range('', archive, 403), 'status 403'],
    ['a longer range', range('bytes 0-99999/100000', archive), 'another range'],
    ['no range in its headers', range('everything', archive), 'another range'],
    ['less than it says', range('bytes 99500-99999/100000', archive.subarray(0, 10)), 'less than it says'],
    ['more than it says', range('bytes 99500-99999/100000', archive.subarray(0, 600)), 'more than 500 bytes'],
    [
      'another address',
      (_: Asked, response: ServerResponse) =>
        void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'fetch failed',
    ],
  ])('given a server that answers with %s, then it is refused', async (_, answer, reason) => {
    service = await Service.start(answer);
    await expect(httpArchiveReader.read(service.endpoint, { first: -500 }, signal)).rejects.toThrow(reason);
  });
});
