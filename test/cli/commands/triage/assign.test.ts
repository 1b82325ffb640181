import { assigneeFrom } from '../../../../cli/commands/triage/run-assign';
import { withContribution } from '../../../../lambda/detection/fold-alert';
import { alertRecordOf } from '../../../fixtures/finding';
import { givenUpdate, layerVersion } from '../../../fixtures/records';
import { startDynamoDb } from '../../../harness/dynamodb';
import { dynamoDbStores } from '../../../harness/dynamodb-stores';
import { LoopbackAws } from '../../../harness/loopback-aws';
import { runLayerwatch } from '../../run-layerwatch';

const ana = 'arn:aws:iam::123456789012:user/ana';
const table = (LogicalResourceId: string, PhysicalResourceId: string) => ({
  ResourceType: 'AWS::DynamoDB::Table',
  LogicalResourceId,
  PhysicalResourceId,
});

describe('assign', () => {
  let aws: LoopbackAws;
  let env: Readonly<Record<string, string>>;
  let id: string;
  beforeAll(async () => {
    aws = await LoopbackAws.start();
    const dynamodb = await startDynamoDb();
    env = { ...aws.environment, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, AWS_REGION: 'local' };
    aws
      .on('ListStackResources', () => ({
        StackResourceSummaries: [table('TablesAlerts1', 'alerts'), table('TablesState1', 'state')],
      }))
      .on('GetCallerIdentity', () => ({ Arn: ana, Account: '123456789012' }));
    const record = givenUpdate([layerVersion('base', 4)], { eventTime: new Date().toISOString() });
    const finding = alertRecordOf(record);
    const alert = withContribution(
      undefined,
      {
        counted: { recordId: finding.recordId, bucket: undefined },
        judged: [{ finding, sameNews: [] }],
        historyVersion: 0,
        isComplete: false,
        exporters: [],
      },
      new Date(),
    );
    await dynamoDbStores(dynamodb, { now: () => new Date() }).alerts.write(alert, undefined);
    id = alert.alertId.slice(0, 12);
  });
  afterAll(() => aws.stop());

  const run = (...args: readonly string[]) => runLayerwatch(args, { env });

  test('given a person, then alerts and show name it until it is taken off', async () => {
    const assigned = await run('assign', id, 'ben@example.com');
    const again = await run('assign', id, 'ben@example.com');
    const { stdout: list } = await run('alerts');
    const { stdout: shown } = await run('show', id);
    const taken = await run('assign', id, '--nobody');
    expect(assigned.stdout).toBe(`${id} is assigned to ben@example.com, was to nobody\n`);
    expect([again.exitCode, again.stderr]).toEqual([
      1,
      `error: alert ${id} is unchanged: it is assigned to ben@example.com already\n`,
    ]);
    expect(list).toMatch(/ASSIGNED TO\n.+ {2}ben@example\.com\n$/);
    expect(shown).toMatch(/\nStatus: open, .+, assigned to ben@example\.com\n/);
    expect(shown).toContain(`assign by ${ana}: ben@example.com\n`);
    expect(taken.stdout).toBe(`${id} is assigned to nobody, was to ben@example.com\n`);
    expect((await run('alerts')).stdout).not.toContain('ASSIGNED TO');
  });
});

test.each([
  [undefined, false, 'assign takes either a person or --nobody'],
  ['ana', true, 'assign takes either a person or --nobody'],
  ['', false, '"" is no person; write one line of 1 to 100 characters'],
  ['a\nb', false, '"a\\u{a}b" is no person'],
  ['x'.repeat(101), false, 'is no person; write one line of 1 to 100 characters'],
] as const)(
  'given the person %j and --nobody %j, then one sentence says what to write',
  (name, nobody, sentence) => {
    expect(() => assigneeFrom(name, nobody ? { nobody } : {})).toThrow(sentence);
  },
);
