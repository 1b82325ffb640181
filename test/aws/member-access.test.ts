import type { IncomingMessage } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lookupPlaces } from '../../lambda/aws/lookup-places';
import { MemberCredentials } from '../../lambda/aws/member-credentials';
import { MemberFunctions } from '../../lambda/aws/member-functions';
import { RegionNotEnabledError } from '../../lambda/errors';
import { layerVersion } from '../fixtures/records';
import { type LoopbackServer, startLoopbackServer } from '../harness/loopback-server';

const own = '123456789012';
const member = '210987654321';
const home = 'eu-west-3';
const hour = 60 * 60_000;
const layer = layerVersion('boto-utils', 3, '999988887777');
const { signal } = new AbortController();

/** STS and Lambda on loopback: the key of a session names its account. */
class Aws {
  readonly assumed: URLSearchParams[] = [];
  /** Key, region and session token of the requests to Lambda. */
  readonly asked: { readonly key: string; readonly region: string; readonly token: string }[] = [];
  readonly refused = new Set<string>();
  lambdaRefusal: string | undefined;
  readonly sockets = new Set<IncomingMessage['socket']>();
  server: LoopbackServer | undefined;

  async start(): Promise<string> {
    this.server = await startLoopbackServer(async (request, response) => {
      this.sockets.add(request.socket);
      const [status, body] =
        request.method === 'POST' ? this.sts(await textOf(request)) : this.lambda(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    return this.server.endpoint;
  }

  private sts(body: string): [number, string] {
    const asked = new URLSearchParams(body);
    this.assumed.push(asked);
    const account = asked.get('RoleArn')?.split(':')[4] ?? '';
    if (this.refused.has(account))
      return [
        403,
        '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>',
      ];
    return [
      200,
      `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>KEY${account}</AccessKeyId><SecretAccessKey>secret/+=</SecretAccessKey><SessionToken>token/${account}==</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    ];
  }

  private lambda({ headers }: IncomingMessage): [number, string] {
    const [, key = '', region = ''] =
      /Credential=([^/]+)\/\d+\/([^/]+)/.exec(headers.authorization ?? '') ?? [];
    this.asked.push({ key, region, token: String(headers['x-amz-security-token'] ?? '') });
    if (this.lambdaRefusal !== undefined) return [403, JSON.stringify({ __type: this.lambdaRefusal })];
    return [200, JSON.stringify({ Content: { CodeSize: 1 }, Functions: [] })];
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

describe('reading member accounts', () => {
  let aws: Aws;
  let endpoint: string;
  let now: number;
  const clock = { now: () => new Date(now) };
  beforeEach(async () => {
    aws = new Aws();
    endpoint = await aws.start();
    now = Date.parse('2026-11-25T04:00:00Z');
  });

  function props() {
    const credentials = { accessKeyId: 'KEYHUB', secretAccessKey: 'secret' };
    const { config } = new DynamoDBClient({ region: home, credentials });
    return { region: home, credentials: config.credentials, sha256: config.sha256, endpoint };
  }

  const credentialsOf = () =>
    new MemberCredentials(
      props(),
      { roleName: 'LayerwatchReadOnly', externalId: 'layerwatch', partition: 'aws' },
      clock,
    );

  describe('the credentials of an account', () => {
    test('given an account, then its role is assumed with the external id', async () => {
      expect(await credentialsOf().of(member, signal)).toEqual({
        accessKeyId: `KEY${member}`,
        secretAccessKey: 'secret/+=',
        sessionToken: `token/${member}==`,
      });
      expect(Object.fromEntries(aws.assumed[0] ?? [])).toMatchObject({
        Action: 'AssumeRole',
        RoleArn: `arn:aws:iam::${member}:role/LayerwatchReadOnly`,
        ExternalId: 'layerwatch',
      });
    });

    test('given many questions at once, then the role is assumed once', async () => {
      const credentials = credentialsOf();
      await Promise.all(Array.from({ length: 20 }, () => credentials.of(member, signal)));
      expect(aws.assumed).toHaveLength(1);
    });

    test('given a session that ends within five minutes, then the role is assumed again', async () => {
      const credentials = credentialsOf();
      await credentials.of(member, signal);
      now += hour - 6 * 60_000;
      await credentials.of(member, signal);
      expect(aws.assumed).toHaveLength(1);
      now += 2 * 60_000;
      await credentials.of(member, signal);
      expect(aws.assumed).toHaveLength(2);
    });

    test('given a refusal, then the reason names the account and what STS said, and the next question asks again', async () => {
      const credentials = credentialsOf();
      aws.refused.add(member);
      await expect(credentials.of(member, signal)).rejects.toThrow(
        `AssumeRole in account ${member}: AccessDenied, not authorized`,
      );
      aws.refused.clear();
      expect((await credentials.of(member, signal)).accessKeyId).toBe(`KEY${member}`);
    });
  });

  describe('what Lambda is asked about a call', () => {
    const at = (members = true) =>
      lookupPlaces({ own: props(), ownAccount: own, members: members ? credentialsOf() : undefined, clock });

    test('given a call of a member account, then its role asks in the region of the call', async () => {
      const elsewhere = layer.replace(home, 'us-east-1');
      await at()({ account: member, region: 'us-east-1' }).layerVersion(elsewhere, signal);
      expect(aws.asked).toEqual([{ key: `KEY${member}`, region: 'us-east-1', token: `token/${member}==` }]);
    });

    test.each([
      ['the own account', { account: own, region: home }],
      ['no account', { account: undefined, region: home }],
      ['an account that is none', { account: '*', region: home }],
      ['a region that is none', { account: member, region: 'evil.example.com/' }],
    ])('given a call of %s, then the own role asks', async (_, place) => {
      await at()(place).layerVersion(layer, signal);
      expect(aws.asked).toEqual([{ key: 'KEYHUB', region: home, token: '' }]);
      expect(aws.assumed).toEqual([]);
    });

    test('given no external id, then the own role asks about members too', async () => {
      await at(false)({ account: member, region: home }).layerVersion(layer, signal);
      expect(aws.asked).toMatchObject([{ key: 'KEYHUB' }]);
    });

    test('given two calls of a place, then a layer is asked for once', async () => {
      const lookupAt = at();
      for (let turn = 0; turn < 2; turn++)
        await lookupAt({ account: member, region: home }).layerVersion(layer, signal);
      expect(aws.asked).toHaveLength(1);
    });
  });

  describe('the functions of an account', () => {
    const functionsOf = () => {
      const options = { maxAttempts: 1, endpoint, region: home };
      return new MemberFunctions(credentialsOf(), new DynamoDBClient(options), 'state', options);
    };

    test('given an account and region, then its role lists them there', async () => {
      const { functions } = await functionsOf().open({ account: member, region: 'us-east-1' });
      await functions.page(undefined);
      expect(aws.asked).toMatchObject([{ key: `KEY${member}`, region: 'us-east-1' }]);
    });

    test('given a region that does not know the credentials, then it is not enabled', async () => {
      aws.lambdaRefusal = 'UnrecognizedClientException';
      const { functions } = await functionsOf().open({ account: member, region: 'me-south-1' });
      await expect(functions.page(undefined)).rejects.toThrow(RegionNotEnabledError);
    });

    test('given another refusal, then it stays what it is', async () => {
      aws.lambdaRefusal = 'AccessDeniedException';
      const { functions } = await functionsOf().open({ account: member, region: home });
      await expect(functions.page(undefined)).rejects.toThrow(
        expect.objectContaining({ name: 'AccessDeniedException' }),
      );
    });

    test('given many accounts and regions one after another, then they share one connection', async () => {
      const directory = functionsOf();
      const { functions: first } = await directory.open({ account: member, region: home });
      await first.page(undefined);
      const before = aws.sockets.size;
      for (let index = 0; index < 100; index++) {
        const { functions } = await directory.open({ account: member, region: `eu-west-${index % 17}` });
        await functions.page(undefined);
      }
      expect(aws.sockets.size).toBe(before);
    });
  });
});
