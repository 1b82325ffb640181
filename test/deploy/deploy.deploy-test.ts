import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { alertTable } from '../../lambda/contract';
import { runLayerwatch } from '../cli/run-layerwatch';
import { givenEnvelope, givenPublish, givenUpdate, layerVersion } from '../fixtures/records';
import type { Emulator } from '../harness/emulator';
import { LoopbackEventHistory } from '../harness/loopback-event-history';
import { LoopbackInvoker } from '../harness/loopback-invoker';
import { describeWith } from '../harness/tools';
import {
  type Deployed,
  deployedAccount,
  deployedRegion,
  emulatedEnvironment,
  invokeDeployed,
  startDeployment,
} from './deployment';
import { createFunctionWithLayer, receive, subscribeQueue } from './subscriber';

const listingMarginMilliseconds = 61_000;

const foreign = layerVersion('boto-utils', 3, '999988887777');

describeWith(['moto_server'], 'the deployed stack', () => {
  let emulator: Emulator;
  let deployed: Deployed;
  let queueUrl: string;
  let before: Awaited<ReturnType<typeof createFunctionWithLayer>>;
  let createdAt: number;

  beforeAll(async () => {
    ({ emulator, deployed } = await startDeployment());
    queueUrl = await subscribeQueue(deployed.topicArn);
    before = await createFunctionWithLayer(deployed.detector.roleName);
    createdAt = Date.now();
  });

  afterAll(() => emulator?.stop());

  function invoke(events: readonly unknown[]) {
    return invokeDeployed(emulator.endpoint, deployed.detector, events);
  }

  function runCommand(args: readonly string[], env: Readonly<Record<string, string>>) {
    return runLayerwatch(args, { env: { ...emulatedEnvironment(emulator.endpoint), ...env } });
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

  test('given the same event again and one that is no match, then it is notified once', async () => {
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
    await invoke([givenEnvelope(givenUpdate([foreign], {}, 'indexed'))]);
    expect(await receive(queueUrl)).toHaveLength(1);
    const { Items } = await new DynamoDBClient({}).send(
      new QueryCommand({
        TableName: deployed.alertTableName,
        IndexName: alertTable.indexes.byTarget.name,
        KeyConditionExpression: 'targetArn = :arn',
        ExpressionAttributeValues: {
          ':arn': { S: `arn:aws:lambda:${deployedRegion}:${deployedAccount}:function:indexed` },
        },
      }),
    );
    expect(Items).toHaveLength(1);
  });

  test('given a function that was there before, then the sweeper learns its layers, and the next call is compared', async () => {
    const { layerArn, functionArn } = before;
    // A listing stands a minute behind the last change of a function, so that a younger one is left for the next.
    await setTimeout(Math.max(0, createdAt + listingMarginMilliseconds - Date.now()));
    const hourAgo = new Date(Date.now() - 40 * 60_000).toISOString();
    const history = await LoopbackEventHistory.start([
      givenUpdate([foreign], { eventTime: hourAgo }, 'missed'),
    ]);
    const swept = await invokeDeployed(emulator.endpoint, deployed.sweeper, [{}], {
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
});
