import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { alertTable } from '../../lambda/contract';
import { runLayerwatch } from '../cli/run-layerwatch';
import {
  givenCreate,
  givenDelete,
  givenEnvelope,
  givenPublish,
  givenUpdate,
  layerVersion,
} from '../fixtures/records';
import { type Emulator, startEmulator } from '../harness/emulator';
import { invokeBundle } from '../harness/invoke-bundle';
import { LoopbackEventHistory } from '../harness/loopback-event-history';
import { LoopbackInvoker } from '../harness/loopback-invoker';
import { describeWith } from '../harness/tools';
import {
  type Deployed,
  type DeployedFunction,
  deploy,
  deployedAccount,
  deployedRegion,
  emulatedEnvironment,
  inspect,
} from './deployment';
import {
  credentialsOf,
  forbiddenCalls,
  isRefused,
  type RoleCredentials,
  rewriteInlinePolicies,
} from './least-privilege';
import { createFunctionWithLayer, receive, subscribeQueue } from './subscriber';

const foreign = layerVersion('boto-utils', 3, '999988887777');

describeWith(['moto_server'], 'the deployed stack', () => {
  let emulator: Emulator;
  let deployed: Deployed;
  let queueUrl: string;

  beforeAll(async () => {
    Object.assign(process.env, emulatedEnvironment('http://localhost'));
    emulator = await startEmulator();
    Object.assign(process.env, emulatedEnvironment(emulator.endpoint));
    await deploy(emulator.endpoint);
    deployed = await inspect(emulator.endpoint);
    queueUrl = await subscribeQueue(deployed.topicArn);
  });

  afterAll(() => emulator?.stop());

  function invoke(events: readonly unknown[], credentials: Readonly<Record<string, string>> = {}) {
    return invokeFunction(deployed.detector, events, credentials);
  }

  function runCommand(args: readonly string[], env: Readonly<Record<string, string>>) {
    return runLayerwatch(args, { env: { ...emulatedEnvironment(emulator.endpoint), ...env } });
  }

  function invokeFunction(
    { assetFolder, environment, name }: DeployedFunction,
    events: readonly unknown[],
    credentials: Readonly<Record<string, string>> = {},
  ) {
    const lambdaEnvironment = { ...environment, AWS_LAMBDA_FUNCTION_NAME: name };
    return invokeBundle(
      assetFolder,
      { ...emulatedEnvironment(emulator.endpoint), ...lambdaEnvironment, ...credentials },
      events,
    );
  }

  test('given an EventBridge event of a foreign layer, then its alert is in the table and its message in the queue', async () => {
    const { results } = await invoke([givenEnvelope(givenUpdate([foreign]))]);
    expect(results).toEqual([{ ok: true }]);
    const [message] = await receive(queueUrl);
    expect(message).toMatchObject({
      layerwatch: { target: { name: 'payments' }, change: { kind: 'before-unknown' } },
    });
    const { Item } = await new DynamoDBClient({}).send(
      new GetItemCommand({
        TableName: deployed.alertTableName,
        Key: { [alertTable.partitionKey]: { S: message?.layerwatch.alert_id ?? '' } },
      }),
    );
    expect(Item).toMatchObject({ occurrences: { N: '1' }, disposition: { S: 'notify' } });
    expect(Item).not.toHaveProperty('undelivered');
  });

  test('given the same event again and one that is no match, then nobody is told', async () => {
    const event = givenEnvelope(givenPublish('util', 3));
    const { results } = await invoke([
      event,
      event,
      givenEnvelope(givenUpdate([foreign], { errorCode: 'AccessDenied' })),
    ]);
    expect(results).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(await receive(queueUrl)).toHaveLength(1);
  });

  test('given the alerts of a function, then the index finds them', async () => {
    const { Items } = await new DynamoDBClient({}).send(
      new QueryCommand({
        TableName: deployed.alertTableName,
        IndexName: alertTable.indexes.byTarget.name,
        KeyConditionExpression: 'targetArn = :arn',
        ExpressionAttributeValues: {
          ':arn': { S: `arn:aws:lambda:${deployedRegion}:${deployedAccount}:function:payments` },
        },
      }),
    );
    expect(Items).toHaveLength(1);
  });

  test('given a function that was there before, then the sweeper learns its layers, and the next call is compared', async () => {
    const { layerArn, functionArn } = await createFunctionWithLayer(deployed.detector.roleName);
    const hourAgo = new Date(Date.now() - 40 * 60_000).toISOString();
    const history = await LoopbackEventHistory.start([
      givenUpdate([foreign], { eventTime: hourAgo }, 'missed'),
    ]);
    const swept = await invokeFunction(deployed.sweeper, [{}], {
      AWS_ENDPOINT_URL_CLOUDTRAIL: history.endpoint,
    });
    await history.stop();
    expect(swept.results).toEqual([{ ok: true }]);
    expect(swept.log).toContain('"outcome":"finished"');
    expect(swept.log).toContain('"MissedByEvents":[1]');
    expect(swept.log).toContain('"SweepHeartbeat":[1]');
    expect(await receive(queueUrl)).toMatchObject([{ layerwatch: { target: { name: 'missed' } } }]);
    const responseElements = { functionName: 'reports', functionArn, revisionId: 'rev-2' };
    const eventTime = new Date(Date.now() + 120_000).toISOString();
    const event = givenEnvelope(givenUpdate([layerArn, foreign], { eventTime, responseElements }, 'reports'));
    expect((await invoke([event])).results).toEqual([{ ok: true }]);
    const [message] = await receive(queueUrl);
    expect(message).toMatchObject({
      layerwatch: {
        change: { kind: 'added', before: [layerArn], after: [layerArn, foreign] },
        context: { function: { runtime: 'python3.13', wrapper_variables: ['AWS_LAMBDA_EXEC_WRAPPER'] } },
      },
    });
    expect(JSON.stringify(message)).not.toContain('/opt/secret-wrapper');
  });

  test('given events that wait in both queues, then redrive shows them, and empties the queues but for what fails', async () => {
    const queues = {
      undelivered: deployed.queueUrls.undeliveredEvents,
      failed: deployed.queueUrls.failedEvents,
    };
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queues.undelivered,
        MessageBody: JSON.stringify(givenEnvelope(givenUpdate([foreign], {}, 'undelivered'))),
        MessageAttributes: { ERROR_CODE: { DataType: 'String', StringValue: 'NO_PERMISSIONS' } },
      }),
    );
    const report = {
      requestContext: { condition: 'RetriesExhausted' },
      requestPayload: givenEnvelope(givenUpdate([foreign], {}, 'failed')),
      responsePayload: { errorMessage: 'the topic is away' },
    };
    for (const body of [JSON.stringify(report), 'no event'])
      await sqs.send(new SendMessageCommand({ QueueUrl: queues.failed, MessageBody: body }));
    const invoker = await LoopbackInvoker.start(async (event) => {
      const [result] = (await invoke([event])).results;
      return result ?? { ok: false, message: 'no answer' };
    });
    const env = { AWS_ENDPOINT_URL_LAMBDA: invoker.endpoint };
    const dry = await runCommand(['redrive', '--dry-run'], env);
    expect(dry.stdout).toContain('waiting     UndeliveredEvents  UpdateFunctionConfiguration20150331v2');
    expect(dry.stdout).toContain('(NO_PERMISSIONS)');
    expect(dry.stdout).toContain('(RetriesExhausted: the topic is away)');
    const ran = await runCommand(['redrive'], env);
    expect(ran.stderr).toContain('messages=3 done=2 failed=0 unreadable=1 waiting=0');
    expect(ran.exitCode).toBe(1);
    expect((await receive(queueUrl)).map(({ layerwatch }) => layerwatch.target.name).sort()).toEqual([
      'failed',
      'undelivered',
    ]);
    const rest = await runCommand(['redrive', '--json'], env);
    expect(rest.stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(rest.stdout)).toMatchObject({ queue: 'FailedEvents', result: 'unreadable' });
    await invoker.stop();
  });

  test('given a stack that is not there, then redrive says so in one sentence', async () => {
    const ran = await runCommand(['redrive', '--stack', 'Other'], {});
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toMatch(/^error: no stack "Other" in eu-west-3\. .+\n$/);
  });

  describe('with policies that are enforced', () => {
    let detector: RoleCredentials;
    let sweeper: RoleCredentials;
    beforeAll(async () => {
      detector = await credentialsOf(deployed.detector.roleName);
      sweeper = await credentialsOf(deployed.sweeper.roleName);
      for (const { roleName } of [deployed.detector, deployed.sweeper]) await rewriteInlinePolicies(roleName);
      await emulator.enforcePolicies();
    });

    test('given each kind of event, then the detector works with no more than its own role', async () => {
      const events = [
        givenUpdate([foreign], {}, 'payroll'),
        givenUpdate(undefined, {}, 'payroll'),
        givenUpdate([foreign], { errorCode: 'AccessDenied' }, 'payroll'),
        givenPublish('base', 9),
        givenCreate([], {}, 'newcomer'),
        givenDelete({}, 'newcomer'),
      ].map(givenEnvelope);
      const { results, log } = await invokeFunction(deployed.detector, events, detector.environment);
      expect(results).toEqual(events.map(() => ({ ok: true })));
      expect(log).not.toMatch(/AccessDenied.*not authorized/);
    });

    test('given a run, then the sweeper works with no more than its own role', async () => {
      const history = await LoopbackEventHistory.start([]);
      const { results } = await invokeFunction(deployed.sweeper, [{}], {
        ...sweeper.environment,
        AWS_ENDPOINT_URL_CLOUDTRAIL: history.endpoint,
      });
      await history.stop();
      expect(results).toEqual([{ ok: true }]);
    });

    test.each(['detector', 'sweeper'] as const)(
      'given calls that the %s has no use for, then each is refused',
      async (name) => {
        const { credentials } = name === 'detector' ? detector : sweeper;
        const refused = await Promise.all(
          forbiddenCalls(deployed, credentials).map(
            async ([what, call]) => [what, await isRefused(call)] as const,
          ),
        );
        expect(refused.filter(([, isRefused]) => !isRefused)).toEqual([]);
        expect(refused.length).toBeGreaterThanOrEqual(10);
      },
    );
  });
});
