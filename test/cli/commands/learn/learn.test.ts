import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionsBeyond } from '../../../deploy/documented-policies';
import { givenPublish, givenUpdate, layerVersion, userIdentity } from '../../../fixtures/records';
import { startDynamoDb } from '../../../harness/dynamodb';
import { AwsError, LoopbackAws } from '../../../harness/loopback-aws';
import { startRecordingProxy } from '../../../harness/recording-proxy';
import { temporaryFolder } from '../../../harness/temporary-folder';
import { runLayerwatch, startLayerwatch } from '../../run-layerwatch';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const daysAgo = (days: number) => ({ eventTime: new Date(Date.now() - days * 86_400_000).toISOString() });

const published = givenPublish('util', 1, daysAgo(40));
const attached = givenUpdate([layerVersion('util', 1)], daysAgo(39), 'orders');
const attack = givenUpdate([foreign], { userIdentity, ...daysAgo(20) }, 'payments');

/** The event history, two records a page, the newest first. */
function historyOf(records: readonly Readonly<Record<string, unknown>>[]) {
  return (input: Readonly<Record<string, unknown>>) => {
    const found = records.filter(({ eventName }) => JSON.stringify(input).includes(`"${String(eventName)}"`));
    const first = Number(input['NextToken'] ?? 0);
    return {
      Events: found.slice(first, first + 2).map((record) => ({ CloudTrailEvent: JSON.stringify(record) })),
      ...(first + 2 < found.length ? { NextToken: String(first + 2) } : {}),
    };
  };
}

describe('learn', () => {
  let aws: LoopbackAws;
  let env: Readonly<Record<string, string>>;
  const folder = temporaryFolder();
  beforeAll(async () => {
    aws = await LoopbackAws.start();
    const dynamodb = await startDynamoDb();
    env = { ...aws.environment, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, AWS_REGION: 'local' };
  });
  afterAll(() => aws.stop());
  beforeEach(() => {
    aws.on('ListStackResources', () => ({
      StackResourceSummaries: [
        {
          ResourceType: 'AWS::DynamoDB::Table',
          LogicalResourceId: 'TablesState12345678',
          PhysicalResourceId: 'state',
        },
      ],
    }));
    aws.on('LookupEvents', historyOf([attack, attached, published]));
  });

  const learn = (...args: readonly string[]) => runLayerwatch(['learn', ...args], { env });

  test('given the event history, then it prints what would have been alerted and what it learns', async () => {
    const { stdout, exitCode } = await learn('--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^What 3 records would have alerted:\nSEVERITY +ALERTS +NOTIFIED +EXAMPLE\n/);
    expect(stdout).toMatch(
      /\ncritical +1 +1 +Layer boto-utils:3 from unknown account 999988887777 was set on function payments/,
    );
    expect(stdout).toContain(
      '\nWould learn 1 actor, 1 publisher, 1 layer, 1 country, and the layers of 1 function.\n',
    );
    expect(stdout).toMatch(/\nactor +arn:aws:iam::123456789012:user\/eve +critical +Layer boto-utils:3/);
  });

  test('given --dry-run, then no stack is asked for', async () => {
    const before = aws.called.filter((name) => name === 'ListStackResources').length;
    const { stderr } = await learn('--dry-run');
    expect(stderr).toMatch(/\nnothing was written\n$/);
    expect(aws.called.filter((name) => name === 'ListStackResources')).toHaveLength(before);
  });

  test('given a second run, then everything is known already', async () => {
    const first = await learn();
    const second = await learn();
    expect(first.stderr).toMatch(/\n\d+ items written, 0 known already\n$/);
    expect(second.stderr).toMatch(/\n0 items written, \d+ known already\n$/);
  });

  test('given the calls that it makes, then the documented policy allows them', async () => {
    const proxy = await startRecordingProxy(env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
    const before = aws.called.length;
    aws.on('LookupEvents', historyOf([givenPublish('other', 1, daysAgo(3))]));
    await runLayerwatch(['learn'], { env: { ...env, AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint } });
    await proxy.stop();
    expect(proxy.calls.map(({ action }) => action)).toContain('dynamodb:PutItem');
    expect(actionsBeyond('learner', proxy.calls)).toEqual([]);
    expect(new Set(aws.called.slice(before))).toEqual(new Set(['ListStackResources', 'LookupEvents']));
  });

  test('given --json, then counts and what is not learned are one object', async () => {
    const { stdout } = await learn('--dry-run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      records: 3,
      learned: { actor: 1, publisher: 1, layer: 1, country: 1, history: 1 },
      not_learned: expect.arrayContaining([
        expect.objectContaining({ kind: 'publisher', name: '999988887777', band: 'critical' }),
      ]),
    });
  });

  test('given logs, then AWS is not asked for the event history', async () => {
    const file = join(folder, 'logs.json');
    writeFileSync(file, JSON.stringify({ Records: [published] }));
    const { stdout } = await learn(file, '--dry-run');
    expect(stdout).toContain('What 1 record would have alerted:');
  });

  test('given text of a record that a terminal acts on, then it is shown as its code', async () => {
    const hostile = { ...userIdentity, arn: 'arn:aws:iam::123456789012:user/\u001b[2J' };
    aws.on('LookupEvents', historyOf([givenUpdate([foreign], { userIdentity: hostile, ...daysAgo(20) })]));
    const { stdout } = await learn('--dry-run');
    expect(stdout).toContain('user/\\u{1b}[2J');
  });

  test('given a stack that does not exist, then nothing is read', async () => {
    const before = aws.called.length;
    aws.on('ListStackResources', () => {
      throw new AwsError('ValidationError', 'Stack with id Other does not exist');
    });
    const { exitCode, stderr } = await learn('--stack', 'Other');
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('error: no stack "Other" in local.')]);
    expect(aws.called.slice(before)).not.toContain('LookupEvents');
  });

  test('given Ctrl-C while the event history is read, then nothing is written', async () => {
    const child = startLayerwatch(['learn', '--dry-run'], { env });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    aws.on('LookupEvents', () => {
      child.kill('SIGINT');
      return { Events: [], NextToken: 'more' };
    });
    const [exitCode] = await once(child, 'close');
    expect([exitCode, stderr]).toEqual([
      130,
      expect.stringContaining('error: cancelled; nothing was written\n'),
    ]);
  });

  test.each([
    [['--from', '2026-10-01'], 2, '--from is for logs in S3'],
    [['s3://a/x', 's3://b/x'], 2, '2 addresses'],
    [['--config', 'nothing.json'], 2, 'nothing.json cannot be read'],
    [['nothing', '--dry-run'], 1, 'there is no such file or folder'],
  ] as const)('given %j, then one sentence says what is wrong', async (args, code, sentence) => {
    const { exitCode, stderr } = await learn(...args);
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(sentence)]);
  });
});
