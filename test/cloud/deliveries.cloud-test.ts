import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { CloudTrailClient, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { Cleanup } from '../../scripts/cloud/cleanup';
import { Emulator } from '../../scripts/cloud/emulator';
import { createTrail } from '../../scripts/cloud/trail';
import { Workload } from '../../scripts/cloud/workload';
import { describeWith } from '../harness/tools';
import { type BusEvent, BusListener } from './bus-listener';
import { type CloudTrailRecord, history } from './event-history';

const region = 'eu-west-3';
const patienceMilliseconds = 30_000;

describeWith(['python3'], "where the emulated account's CloudTrail records go", () => {
  let emulator: Emulator;
  let workload: Workload;
  let bus: BusListener;

  beforeAll(async () => {
    emulator = await Emulator.start({ port: 0, region });
    Object.assign(process.env, emulator.environment());
    const cleanup = new Cleanup();
    workload = new Workload('', cleanup);
    await createTrail({ name: 'audit', bucket: 'audit-logs' }, region, emulator.account, cleanup);
    bus = await BusListener.start();
    await workload.publishLayer('base');
    await new LambdaClient({}).send(new ListFunctionsCommand({}));
  });
  afterAll(() => emulator?.stop());

  test('given more records than a page holds, then the next page has the rest', async () => {
    for (let call = 0; call < 60; call += 1) await new LambdaClient({}).send(new ListFunctionsCommand({}));
    expect((await history('ListFunctions20150331')).length).toBeGreaterThanOrEqual(60);
  });

  test('given writes and reads, then the bus gets the writes, as EventBridge gives them', async () => {
    const isPublish = ({ detail }: BusEvent) => detail['eventName'] === 'PublishLayerVersion20181031';
    const events = await bus.until(isPublish);
    expect(events.find(isPublish)).toMatchObject({
      source: 'aws.lambda',
      'detail-type': 'AWS API Call via CloudTrail',
      account: emulator.account,
      region,
      resources: [],
      detail: { requestParameters: { layerName: 'base' } },
    });
    expect(events.filter(({ detail }) => detail['readOnly'] === true)).toEqual([]);
  });

  test("given a trail's bucket, then the records are in objects with CloudTrail's names", async () => {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    const prefix = `AWSLogs/${emulator.account}/CloudTrail/${region}/${day}/`;
    const deadline = Date.now() + patienceMilliseconds;
    let found = await loggedRecords(prefix);
    while (!found.some(({ eventName }) => eventName === 'ListFunctions20150331') && Date.now() < deadline)
      found = await loggedRecords(prefix);
    expect(found).toContainEqual(expect.objectContaining({ eventName: 'PublishLayerVersion20181031' }));
    expect(found).toContainEqual(expect.objectContaining({ eventName: 'ListFunctions20150331' }));
    const name = new RegExp(`/${emulator.account}_CloudTrail_${region}_\\d{8}T\\d{4}Z_\\w{16}\\.json\\.gz$`);
    for (const { key } of found) expect(key).toMatch(name);
  });

  test('given the control "drop", then the bus gets nothing and the history everything', async () => {
    await emulator.control({ events: 'drop' });
    await workload.publishLayer('unseen');
    await emulator.control({ events: 'deliver' });
    await workload.publishLayer('seen');
    const events = await bus.until(({ detail }) => layerName(detail) === 'seen');
    expect(events.map(({ detail }) => layerName(detail))).not.toContain('unseen');
    expect((await history('PublishLayerVersion20181031')).map(layerName)).toContain('unseen');
  });

  test('given the control "hold", then the history gets a record only when it is released', async () => {
    await emulator.control({ holdHistory: true });
    await workload.publishLayer('late');
    expect((await history('PublishLayerVersion20181031')).map(layerName)).not.toContain('late');
    await emulator.control({ holdHistory: false });
    expect((await history('PublishLayerVersion20181031')).map(layerName)).toContain('late');
  });

  test('given a rule whose target is a bus of another account and region, then the event comes there as it is', async () => {
    const elsewhere = {
      region: 'us-east-1',
      credentials: {
        accessKeyId: '999988887777',
        secretAccessKey: emulator.environment().AWS_SECRET_ACCESS_KEY,
      },
    };
    const bridge = new EventBridgeClient(elsewhere);
    const { EventBusArn } = await bridge.send(new CreateEventBusCommand({ Name: 'hub' }));
    const hub = await BusListener.start('hub', elsewhere);
    const EventPattern = JSON.stringify({ source: ['aws.lambda'] });
    const local = new EventBridgeClient({});
    const RoleArn = await workload.role();
    await local.send(new PutRuleCommand({ Name: 'forward', EventPattern }));
    await local.send(
      new PutTargetsCommand({ Rule: 'forward', Targets: [{ Id: 'hub', Arn: EventBusArn, RoleArn }] }),
    );
    await workload.publishLayer('forwarded');
    const events = await hub.until(({ detail }) => layerName(detail) === 'forwarded');
    expect(events).toMatchObject([{ account: emulator.account, region, source: 'aws.lambda' }]);
  });

  test('given a trail that is stopped, then the bus gets that call and nothing after it', async () => {
    await new CloudTrailClient({}).send(new StopLoggingCommand({ Name: 'audit' }));
    await workload.publishLayer('untrailed');
    await bus.until(({ detail }) => detail['eventName'] === 'StopLogging');
    await sleep(500);
    const events = await bus.until(({ detail }) => detail['eventName'] === 'StopLogging');
    expect(events.map(({ detail }) => layerName(detail))).not.toContain('untrailed');
  });
});

function layerName({ requestParameters }: CloudTrailRecord): unknown {
  return (requestParameters as CloudTrailRecord | null)?.['layerName'];
}

interface LoggedRecord {
  readonly key: string;
  readonly eventName: unknown;
}

async function loggedRecords(Prefix: string): Promise<readonly LoggedRecord[]> {
  const s3 = new S3Client({ forcePathStyle: true });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'audit-logs', Prefix }));
  const found: LoggedRecord[] = [];
  for (const { Key: key = '' } of Contents) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'audit-logs', Key: key }));
    const text = gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
    const { Records } = JSON.parse(text) as { readonly Records: readonly CloudTrailRecord[] };
    found.push(...Records.map((record) => ({ key, eventName: record['eventName'] })));
  }
  return found;
}
