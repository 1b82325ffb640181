import { DynamoDbHeartbeats } from '../../lambda/aws/dynamodb-heartbeats';
import { DynamoDbForwarderStatus } from '../../lambda/aws/dynamodb-organization';
import { readHeartbeat } from '../../lambda/detection/heartbeat';
import { watchForwarders } from '../../lambda/sweep/forwarders';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';
import { PipelineHarness } from '../harness/pipeline-harness';

const [web, shop] = ['210987654321', '310987654321'];
const hour = 60 * 60_000;
const start = Date.parse('2026-11-25T04:00:00Z');

const scheduled = (fields: Readonly<Record<string, unknown>> = {}) => ({
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  account: web,
  region: 'eu-west-3',
  resources: [`arn:aws:events:eu-west-3:${web}:rule/LayerwatchForwarderHeartbeat`],
  detail: {},
  ...fields,
});

describe('the heartbeat of a forwarder', () => {
  test('given the scheduled event of its rule, then account and region are read', () => {
    expect(readHeartbeat(scheduled())).toEqual({ account: web, region: 'eu-west-3' });
  });

  test.each([
    ['another source', scheduled({ source: 'my.app' })],
    ['another kind', scheduled({ 'detail-type': 'AWS API Call via CloudTrail' })],
    ['another rule', scheduled({ resources: [`arn:aws:events:eu-west-3:${web}:rule/nightly`] })],
    ['no rule', scheduled({ resources: [] })],
    ['an account that is none', scheduled({ account: 'x#y' })],
    ['a region that is none', scheduled({ region: '#version' })],
    ['no event', 'text'],
  ])('given %s, then there is none', (_, value) => {
    expect(readHeartbeat(value)).toBeUndefined();
  });
});

describe('the watch over forwarders', () => {
  let harness: PipelineHarness;
  let database: LoopbackDynamoDb;
  let now: number;
  let heartbeats: DynamoDbHeartbeats;
  let status: DynamoDbForwarderStatus;
  const clock = { now: () => new Date(now) };

  beforeEach(async () => {
    now = start;
    harness = await PipelineHarness.start({
      organization: {
        id: 'o-a1b2c3d4e5',
        accounts: [web, shop],
        readAccounts: false,
        regions: ['eu-west-3', 'us-east-1'],
      },
    });
    database = await startDynamoDb();
    const { client, tables } = database;
    heartbeats = new DynamoDbHeartbeats(client, tables.state, clock);
    status = new DynamoDbForwarderStatus(client, tables.state);
  });
  afterEach(async () => {
    await harness.stop();
    await database.close();
  });

  async function watched() {
    const ports = { ...harness.ports, clock, forwarders: { heartbeats, status } };
    await watchForwarders(ports, harness.options);
    return status.read();
  }
  const silentCount = () => harness.observer.counts.get('ForwardersSilent') ?? 0;

  test('given no heartbeat ever, then the accounts are named and nothing alarms', async () => {
    expect(await watched()).toMatchObject({ accounts: 2, heard: 0, silent: [], unheard: [web, shop] });
    expect(silentCount()).toBe(0);
  });

  test('given two regions of an account that are heard, then both count', async () => {
    await heartbeats.note({ account: web, region: 'eu-west-3' });
    await heartbeats.note({ account: web, region: 'us-east-1' });
    now += 2 * hour;
    expect(await watched()).toMatchObject({ heard: 2, silent: [], unheard: [shop] });
  });

  test('given a region of the configuration that was never heard in an account that is heard, then it is named', async () => {
    await heartbeats.note({ account: web, region: 'eu-west-3' });
    expect(await watched()).toMatchObject({
      heard: 1,
      unheard: [shop],
      unheardRegions: [`${web} us-east-1`],
    });
  });

  test('given all regions of the configuration that are heard, then none is named', async () => {
    await heartbeats.note({ account: web, region: 'eu-west-3' });
    await heartbeats.note({ account: web, region: 'us-east-1' });
    expect(await watched()).toMatchObject({ unheardRegions: [] });
  });

  test('given no account in the configuration and a list that fails, then nothing is written as if nobody were there', async () => {
    await harness.stop();
    harness = await PipelineHarness.start({
      organization: { id: 'o-a1b2c3d4e5', accounts: [], readAccounts: true, regions: [] },
    });
    const accounts = { list: () => Promise.reject(new Error('throttled')) };
    const ports = { ...harness.ports, clock, accounts, forwarders: { heartbeats, status } };
    await expect(watchForwarders(ports, harness.options)).rejects.toThrow('throttled');
    expect(await status.read()).toBeUndefined();
  });

  test('given one region that is silent for more than three hours, then it alone is named and counted', async () => {
    await heartbeats.note({ account: web, region: 'eu-west-3' });
    now += 4 * hour;
    await heartbeats.note({ account: web, region: 'us-east-1' });
    expect(await watched()).toMatchObject({
      heard: 1,
      silent: [{ account: web, region: 'eu-west-3', lastHeard: new Date(start).toISOString() }],
    });
    expect(silentCount()).toBe(1);
  });

  test('given a region that was silent for a week, then it counts as removed', async () => {
    await heartbeats.note({ account: web, region: 'eu-west-3' });
    now += 8 * 24 * hour;
    expect(await watched()).toMatchObject({ heard: 0, silent: [], unheard: [web, shop] });
  });
});
