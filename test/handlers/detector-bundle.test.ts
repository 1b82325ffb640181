import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { App } from 'aws-cdk-lib';
import { alertTable } from '../../lambda/contract';
import { LayerwatchStack } from '../../lib/layerwatch-stack';
import { givenEnvelope, givenUpdate, layerVersion } from '../fixtures/records';
import { assetFolderOf } from '../harness/asset-folder';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';
import { type Invocation, invokeBundle } from '../harness/invoke-bundle';
import { LoopbackTopic } from '../harness/loopback-topic';
import { temporaryFolder } from '../harness/temporary-folder';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const topicArn = 'arn:aws:sns:eu-west-3:123456789012:alerts';

/** Synthesizes the stack as a deployment does and answers with the folder of the detector's asset. */
function synthesizeAsset(outdir: string): string {
  const app = new App({ outdir });
  new LayerwatchStack(app, 'Layerwatch');
  app.synth();
  return assetFolderOf(outdir, 'Layerwatch', 'Detector');
}

describe('the bundle that is deployed', () => {
  let asset: string;
  let database: LoopbackDynamoDb;
  let topic: LoopbackTopic;

  beforeAll(() => {
    asset = synthesizeAsset(temporaryFolder());
  });
  beforeEach(async () => {
    database = await startDynamoDb();
    topic = await LoopbackTopic.start();
  });

  function invoke(events: readonly unknown[], without?: string): Promise<Invocation> {
    const environment = {
      AWS_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: 'embedded',
      AWS_SECRET_ACCESS_KEY: 'embedded',
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      AWS_ENDPOINT_URL_SNS: topic.endpoint,
      // Nobody answers there: what Lambda would tell is not available.
      AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:9',
      ALERT_TABLE_NAME: database.tables.alerts,
      STATE_TABLE_NAME: database.tables.state,
      ALERT_TOPIC_ARN: topicArn,
      STACK_NAME: 'Layerwatch',
    };
    return invokeBundle(
      asset,
      Object.fromEntries(Object.entries(environment).filter(([name]) => name !== without)),
      events,
    );
  }

  async function storedAlert(alertId: string) {
    const Key = { [alertTable.partitionKey]: { S: alertId } };
    const { Item } = await database.client.send(
      new GetItemCommand({ TableName: database.tables.alerts, Key, ConsistentRead: true }),
    );
    return Item;
  }

  test('given an event, then the alert is stored, the topic has its message, and the message names the country', async () => {
    const event = givenEnvelope(givenUpdate([foreign], { sourceIPAddress: '200.147.35.149' }));
    const { results, log } = await invoke([event, event]);
    expect({ results, log }).toMatchObject({ results: [{ ok: true }, { ok: true }] });
    expect(topic.published).toHaveLength(1);
    expect(topic.published[0]).toMatchObject({
      topicArn,
      subject: '[Layerwatch] HIGH 51: layers set on function payments (123456789012, eu-west-3)',
    });
    const bodies = topic.published[0]?.bodies ?? {};
    expect(bodies['email']).toContain('From     200.147.35.149, Brazil\n');
    expect(bodies['email']).toContain('Unknown  which layers the function had before\n');
    expect(bodies['email']).toContain('function: not available, fetch failed\n');
    expect(bodies['email']).toContain('layer boto-utils:3: fetch failed\n');
    const { layerwatch } = JSON.parse(bodies['sqs'] ?? '') as { layerwatch: { alert_id: string } };
    expect(await storedAlert(layerwatch.alert_id)).toMatchObject({ occurrences: { N: '1' } });
    expect(log).toContain('"Notified":[1]');
  });

  test('given a topic that is away, then the handler rejects, and the next delivery notifies', async () => {
    topic.refuseNext(3, { status: 500, code: 'InternalError' });
    const event = givenEnvelope(givenUpdate([foreign]));
    const { results } = await invoke([event, event]);
    expect(results).toMatchObject([{ ok: false }, { ok: true }]);
    expect(topic.published).toHaveLength(1);
  });

  test('given a topic that refuses the message for its content, then plain words are sent', async () => {
    topic.refuseNext(1, { status: 400, code: 'InvalidParameter' });
    expect((await invoke([givenEnvelope(givenUpdate([foreign]))])).results).toEqual([{ ok: true }]);
    expect(topic.published).toMatchObject([
      { bodies: { default: expect.stringMatching(/^A layer was changed.* Read alert [0-9a-f]{64} /) } },
    ]);
  });

  test('given events that are no CloudTrail records, then it says why, counts them, and goes on', async () => {
    const { results, log } = await invoke([null, { hello: 'world' }, givenEnvelope(givenUpdate([foreign]))]);
    expect(results).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(log).toContain('has no eventName');
    expect(log).toContain('"NotCloudTrail":[1]');
    expect(topic.published).toHaveLength(1);
  });

  test('given a variable that is not set, then the error names it', async () => {
    await expect(invoke([], 'ALERT_TOPIC_ARN')).rejects.toThrow(/ALERT_TOPIC_ARN is not set/);
  });
});
