import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SnsPublisher } from '../../lambda/aws/sns-publisher';
import { clientOptions } from '../../lambda/handlers/client-options';
import type { PipelineDependencies } from '../../lambda/pipeline/dependencies';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';
import { dynamoDbStores, storesOn } from '../harness/dynamodb-stores';
import { LoopbackTopic } from '../harness/loopback-topic';
import { PipelineHarness } from '../harness/pipeline-harness';
import type { Cell } from './crash-matrix';
import { type Fault, FaultProxy } from './fault-proxy';

/** Where an answer never comes, the client waits for it so long; everything else on loopback has to take less. */
const lateAnswerMilliseconds = 1_500;
/** Elsewhere a slow machine must not look like a fault. */
const requestTimeoutMilliseconds = 60_000;

const databaseFaults: readonly (readonly [string, Fault])[] = [
  ['DynamoDB throttles', { kind: 'refuse', status: 400, code: 'ProvisionedThroughputExceededException' }],
  ['DynamoDB fails', { kind: 'refuse', status: 500, code: 'InternalServerError' }],
  ['DynamoDB writes, then fails', { kind: 'fail-after-work' }],
  ['DynamoDB writes, then breaks off', { kind: 'break-after-work' }],
  ['DynamoDB writes, then does not answer', { kind: 'answer-late' }],
];

/** Every error of Publish by its code and status (SNS API reference), retryable or not. */
const topicErrors: readonly (readonly [string, number])[] = [
  ['InternalError', 500],
  ['KMSThrottling', 400],
  ['AuthorizationError', 403],
  ['NotFound', 404],
  ['InvalidSecurity', 403],
  ['KMSDisabled', 400],
  ['KMSInvalidState', 400],
  ['KMSNotFound', 400],
  ['KMSOptInRequired', 403],
  ['KMSAccessDenied', 400],
  ['EndpointDisabled', 400],
  ['InvalidParameter', 400],
  ['ParameterValueInvalid', 400],
];

/** DynamoDB requests of a new notified alert: alert, state, history, claim, two entities, budget, confirm. */
const requestsOfAlert = 8;

const base = layerVersion('base', 4);
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
const at = (minute: number) => ({ eventTime: `2026-10-06T09:${String(minute).padStart(2, '0')}:00Z` });

/** Each fault at each request of DynamoDB and of SNS, one at a time, with the deliveries that Lambda would make. */
export async function faultMatrix(): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const [name, fault] of databaseFaults)
    for (let index = 0; index < requestsOfAlert; index++)
      cells.push(
        await cellOf(
          `${name} at request ${index + 1}`,
          (proxy) => proxy.injectFault(index, fault),
          fault.kind === 'answer-late' ? lateAnswerMilliseconds : requestTimeoutMilliseconds,
        ),
      );
  for (const [code, status] of topicErrors)
    cells.push(await cellOf(`SNS refuses with ${code}`, (_, topic) => topic.refuseNext(1, { status, code })));
  return cells;
}

async function cellOf(
  name: string,
  injectFault: (database: FaultProxy, topic: LoopbackTopic) => void,
  requestTimeout = requestTimeoutMilliseconds,
): Promise<Cell> {
  const database = await startDynamoDb();
  const harness = await PipelineHarness.start({}, { opened: storesOn(database) });
  const topic = await LoopbackTopic.start();
  const proxy = await FaultProxy.start(database.endpoint);
  const clients = clientsOf(proxy.endpoint, topic.endpoint, requestTimeout);
  try {
    await harness.process(givenUpdate([base], at(0)));
    const record = givenUpdate([base, foreignLayer], at(1));
    const ports = portsOf(harness, database, clients);
    injectFault(proxy, topic);
    const deliveries = await deliverUntilDone(harness, ports, record);
    const outcome = await harness.process(record);
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    const { occurrences, change } = (await harness.document(outcome.alertId)).layerwatch;
    const notifications = topic.published.length;
    const isLost = notifications === 0 || change.kind !== 'added';
    return {
      crash: name,
      recovery: deliveries === 1 ? 'at once' : `delivery ${deliveries}`,
      lost: isLost ? [outcome.alertId] : [],
      isCountExact: occurrences === 1,
      repeated: Math.max(0, notifications - 1),
      mayRepeat: notifications > 1,
    };
  } finally {
    for (const client of Object.values(clients)) client.destroy();
    await proxy.stop();
    await topic.stop();
    await harness.stop();
  }
}

/** Lambda delivers an event three times, the second after a minute; more come from the queue and the sweep. */
async function deliverUntilDone(
  harness: PipelineHarness,
  ports: Partial<PipelineDependencies>,
  record: unknown,
): Promise<number> {
  for (let delivery = 1; delivery <= 5; delivery++) {
    try {
      await harness.processWith(ports, record);
      return delivery;
    } catch {
      harness.advanceSeconds(60);
    }
  }
  throw new Error('five deliveries did not finish the record');
}

interface Clients {
  readonly dynamoDb: DynamoDBClient;
  readonly sns: SNSClient;
}

/** The deployed clients, without retries of their own, so that each fault reaches the pipeline. */
function clientsOf(database: string, topic: string, requestTimeout: number): Clients {
  const credentials = { accessKeyId: 'faults', secretAccessKey: 'faults' };
  const common = {
    region: 'local',
    credentials,
    ...clientOptions,
    maxAttempts: 1,
    requestHandler: { ...clientOptions.requestHandler, requestTimeout },
  };
  return {
    dynamoDb: new DynamoDBClient({ ...common, endpoint: database }),
    sns: new SNSClient({ ...common, endpoint: topic }),
  };
}

function portsOf(
  harness: PipelineHarness,
  { tables }: LoopbackDynamoDb,
  { dynamoDb, sns }: Clients,
): Partial<PipelineDependencies> {
  const { clock, observer } = harness.ports;
  const { notificationBudget, retentionDays } = harness.options.settings;
  const { alerts, state, budget } = dynamoDbStores({ client: dynamoDb, tables }, clock, retentionDays);
  return {
    alerts,
    state,
    budget: budget(notificationBudget),
    publisher: new SnsPublisher(sns, 'arn:aws:sns:eu-west-3:123456789012:alerts', new Map(), observer),
  };
}
