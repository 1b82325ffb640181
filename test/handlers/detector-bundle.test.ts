import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { alertTable } from '../../lambda/contract';
import { productArnOf } from '../../lambda/notification/asff';
import { account, givenEnvelope, givenUpdate, layerVersion, region } from '../fixtures/records';
import { DeployedBundle, synthesizeBundle } from '../harness/deployed-bundle';

const foreign = layerVersion('boto-utils', 3, '999988887777');

describe('the bundle that is deployed', () => {
  let asset: string;
  let bundle: DeployedBundle;

  beforeAll(() => {
    asset = synthesizeBundle('Detector');
  });
  beforeEach(async () => {
    bundle = await DeployedBundle.start(asset);
  });

  async function storedAlert(alertId: string) {
    const Key = { [alertTable.partitionKey]: { S: alertId } };
    const { Item } = await bundle.database.client.send(
      new GetItemCommand({ TableName: bundle.database.tables.alerts, Key, ConsistentRead: true }),
    );
    return Item;
  }

  test('given an event, then the alert is stored, the topic has its message, and the message names the country', async () => {
    const event = givenEnvelope(givenUpdate([foreign], { sourceIPAddress: '200.147.35.149' }));
    const { results, log } = await bundle.invoke([event, event]);
    expect({ results, log }).toMatchObject({ results: [{ ok: true }, { ok: true }] });
    expect(bundle.topic.published).toHaveLength(1);
    expect(bundle.topic.published[0]).toMatchObject({
      topicArn: bundle.topicArn,
      subject: 'HIGH: unknown layer on payments (123456789012)',
    });
    const bodies = bundle.topic.published[0]?.bodies ?? {};
    expect(bodies['email']).toContain('From: 200.147.35.149, Brazil\n');
    expect(bodies['email']).toContain('Not known: which layers the function had before\n');
    expect(bodies['email']).toContain('Not known: function: fetch failed\n');
    expect(bodies['email']).toContain('Not known: layer boto-utils:3: fetch failed\n');
    const { layerwatch } = JSON.parse(bodies['sqs'] ?? '') as { layerwatch: { alert_id: string } };
    expect(await storedAlert(layerwatch.alert_id)).toMatchObject({ occurrences: { N: '1' } });
    expect(log).toContain('"Notified":[1]');
  });

  test('given a topic that is away, then the handler rejects, and the next delivery notifies', async () => {
    bundle.topic.refuseNext(3, { status: 500, code: 'InternalError' });
    const event = givenEnvelope(givenUpdate([foreign]));
    const { results } = await bundle.invoke([event, event]);
    expect(results).toMatchObject([{ ok: false }, { ok: true }]);
    expect(bundle.topic.published).toHaveLength(1);
  });

  test('given a finding that was resolved in Security Hub, then its alert is closed', async () => {
    const variables = { SECURITY_HUB: 'true', AWS_ENDPOINT_URL_SECURITYHUB: 'http://127.0.0.1:9' };
    await bundle.invoke([givenEnvelope(givenUpdate([foreign]))], variables);
    const { layerwatch } = JSON.parse(bundle.topic.published[0]?.bodies['sqs'] ?? '') as {
      layerwatch: { alert_id: string };
    };
    const place = { partition: 'aws', region, account };
    const finding = { Id: layerwatch.alert_id, ProductArn: productArnOf(place) };
    const event = {
      source: 'aws.securityhub',
      'detail-type': 'Security Hub Findings - Imported',
      account,
      region,
      time: new Date(Date.now() + 1_000).toISOString(),
      detail: { findings: [{ ...finding, Workflow: { Status: 'RESOLVED' } }] },
    };
    expect((await bundle.invoke([event], variables)).results).toEqual([{ ok: true }]);
    expect(await storedAlert(layerwatch.alert_id)).toMatchObject({
      status: { S: 'closed' },
      exportFailures: { M: { securityhub: { M: { reason: { S: 'fetch failed' } } } } },
    });
  });

  test('given a topic that refuses the message for its content, then plain words are sent', async () => {
    bundle.topic.refuseNext(1, { status: 400, code: 'InvalidParameter' });
    expect((await bundle.invoke([givenEnvelope(givenUpdate([foreign]))])).results).toEqual([{ ok: true }]);
    expect(bundle.topic.published).toMatchObject([
      { bodies: { default: expect.stringMatching(/^A layer was changed.* Read alert [0-9a-f]{64} /) } },
    ]);
  });

  test('given events that are no CloudTrail records, then it says why, counts them, and continues', async () => {
    const { results, log } = await bundle.invoke([
      null,
      { hello: 'world' },
      givenEnvelope(givenUpdate([foreign])),
    ]);
    expect(results).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(log).toContain('has no eventName');
    expect(log).toContain('"NotCloudTrail":[1]');
    expect(bundle.topic.published).toHaveLength(1);
  });

  test('given a variable that is not set, then the error names it', async () => {
    await expect(bundle.invoke([], { ALERT_TOPIC_ARN: undefined })).rejects.toThrow(
      /ALERT_TOPIC_ARN is not set/,
    );
  });
});
