import { App } from 'aws-cdk-lib';
import { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { documentOf } from '../../lambda/detection/alert';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { LayerwatchStack } from '../../lib/layerwatch-stack';
import { attachSources, fiveCalls, permutations } from '../fixtures/five-calls';
import { functionArn, givenEnvelope, givenUpdate, layerVersion } from '../fixtures/records';
import { verdictOf } from '../fixtures/verdict';
import { assetFolderOf } from '../harness/asset-folder';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';
import { invokeBundle } from '../harness/invoke-bundle';
import { LoopbackTopic } from '../harness/loopback-topic';
import { temporaryFolder } from '../harness/temporary-folder';

const topicArn = 'arn:aws:sns:eu-west-3:123456789012:alerts';
const evening = { since: new Date('2026-10-06T21:00:00Z'), until: new Date('2026-10-06T22:00:00Z') };
const nameOf = (index: number) => `order-${String(index).padStart(3, '0')}`;

function synthesizeDetector(): string {
  const outdir = temporaryFolder();
  const app = new App({ outdir });
  const notificationBudget = { count: 10_000, minutes: 10 };
  new LayerwatchStack(app, 'Layerwatch', { configuration: { notificationBudget } });
  app.synth();
  return assetFolderOf(outdir, 'Layerwatch', 'Detector');
}

/** The records of one order under a name of its own. */
function recordsOf(order: readonly number[], index: number): readonly unknown[] {
  const calls = JSON.stringify(inOrder).replaceAll(nameOf(0), nameOf(index));
  const renamed = JSON.parse(calls) as readonly Readonly<Record<string, unknown>>[];
  return order.map((call) => givenEnvelope(renamed[call] ?? {}));
}

const inOrder = fiveCalls(nameOf(0));
const orders = permutations([0, 1, 2, 3, 4]);

/** A day before, so that each function's calls are compared with something. */
const dayBefore = givenUpdate(
  [layerVersion('base', 1)],
  { eventTime: '2026-10-05T12:00:00Z' },
  'another-function',
);

describe('the deployed detector, handed five calls in all 120 orders', () => {
  let database: LoopbackDynamoDb;
  let topic: LoopbackTopic;

  beforeAll(async () => {
    database = await startDynamoDb();
    topic = await LoopbackTopic.start();
    const environment = {
      AWS_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: 'embedded',
      AWS_SECRET_ACCESS_KEY: 'embedded',
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      AWS_ENDPOINT_URL_SNS: topic.endpoint,
      AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:9',
      ALERT_TABLE_NAME: database.tables.alerts,
      STATE_TABLE_NAME: database.tables.state,
      ALERT_TOPIC_ARN: topicArn,
      STACK_NAME: 'Layerwatch',
    };
    const events = [givenEnvelope(dayBefore), ...orders.flatMap(recordsOf)];
    const { results } = await invokeBundle(synthesizeDetector(), environment, events);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('then both attaches are notified in each, each with its own source', () => {
    const notified = new Map(orders.map((_, index) => [nameOf(index), new Set<string>()]));
    for (const { bodies } of topic.published) {
      const { layerwatch, source } = JSON.parse(bodies['sqs'] ?? '{}') as FindingDocument;
      notified.get(layerwatch.target.name ?? '')?.add(source.address ?? '');
    }
    const incomplete = [...notified].filter(([, sources]) =>
      attachSources.some((each) => !sources.has(each)),
    );
    expect(incomplete).toEqual([]);
  });

  test('then the alerts end the same in each', async () => {
    const catalogue = new DynamoDbAlertCatalogue(database.client, database.tables.alerts);
    const verdictsOf = async (index: number) => {
      const found: string[] = [];
      const by = { kind: 'target', arn: functionArn(nameOf(index)) } as const;
      for await (const alert of catalogue.list({ by, filters: {}, ...evening }))
        found.push(JSON.stringify(verdictOf(documentOf(alert))).replaceAll(nameOf(index), nameOf(0)));
      return found.sort();
    };
    const expected = await verdictsOf(0);
    expect(expected.length).toBeGreaterThan(0);
    for (const index of orders.keys()) expect(await verdictsOf(index)).toEqual(expected);
  });
});
