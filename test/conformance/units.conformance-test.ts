import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertTable } from '../../lambda/contract';
import { countedAlertKilobytes, countedDayIndexWrites, countedUnits } from '../../scripts/cost/counted-units';
import { answering, givenUpdate, layerVersion } from '../fixtures/records';
import { consumedCapacities, consumedUnits } from '../harness/consumed-units';
import { storesOn } from '../harness/dynamodb-stores';
import { createTables } from '../harness/dynamodb-tables';
import { PipelineHarness } from '../harness/pipeline-harness';
import { describeWith } from '../harness/tools';
import { startDynamoDbLocal } from './dynamodb-local';

const base = layerVersion('base', 1);
const next = layerVersion('base', 2);

describeWith(['java', 'mvn'], 'units of a record on Amazon DynamoDB Local', () => {
  let client: DynamoDBClient;
  let bench: PipelineHarness;
  let stop: () => Promise<void>;
  const tables = { alerts: `alerts-${randomUUID()}`, state: `state-${randomUUID()}` };

  beforeAll(async () => {
    const local = await startDynamoDbLocal();
    const credentials = { accessKeyId: 'conformance', secretAccessKey: 'conformance' };
    client = new DynamoDBClient({ endpoint: local.endpoint, region: 'eu-west-3', credentials });
    await createTables(client, tables);
    const close = async () => client.destroy();
    bench = await PipelineHarness.start({}, { opened: storesOn({ client, tables, close }) });
    stop = local.stop;
    // What an account has when it is used: actor, publisher and layer were seen that day.
    await bench.process(givenUpdate([base], { eventTime: '2026-10-06T09:00:00Z' }, 'other'));
  });
  afterAll(async () => {
    await bench.stop();
    await stop();
  });

  /** A change of the layers of a function whose layers are known; each test has a function of its own. */
  async function givenChange(functionName: string) {
    await bench.process(givenUpdate([base], { eventTime: '2026-10-06T09:00:00Z' }, functionName));
    return givenUpdate([next], { eventTime: '2026-10-06T10:00:00Z' }, functionName);
  }

  test('given a layer change that is notified, then its units are those of the calculation', async () => {
    const change = await givenChange('payments');
    const before = bench.topic.published.length;
    expect(await consumedUnits(client, () => bench.process(change))).toEqual(countedUnits.layerChange);
    expect(bench.topic.published).toHaveLength(before + 1);
  });

  test('given the same record again, then its units are those of the calculation', async () => {
    const change = await givenChange('orders');
    await bench.process(change);
    expect(await consumedUnits(client, () => bench.process(change))).toEqual(countedUnits.sameAgain);
  });

  test('given a change of settings, then its units are those of the calculation', async () => {
    await bench.process(await givenChange('reports'));
    const fields = { eventTime: '2026-10-06T12:00:00Z', ...answering([next], 'reports') };
    const settings = givenUpdate(undefined, fields, 'reports');
    expect(await consumedUnits(client, () => bench.process(settings))).toEqual(countedUnits.settingsChange);
  });

  test('given a layer change that is notified, then its key of the index by day takes the units of the calculation', async () => {
    const change = await givenChange('refunds');
    const capacities = await consumedCapacities(client, () => bench.process(change));
    const units = capacities.map(({ indexUnits }) => indexUnits.get(alertTable.indexes.byDay.name) ?? 0);
    expect(units.reduce((sum, each) => sum + each, 0)).toBe(countedDayIndexWrites);
  });

  test('given an alert that was notified, then a copy of it is as large as the calculation says', async () => {
    const change = await givenChange('invoices');
    const capacities = await consumedCapacities(client, () => bench.process(change));
    // A write unit is one kilobyte of the item.
    const sizes = capacities.filter(({ isWrite }) => isWrite).map(({ tableUnits }) => tableUnits);
    expect(Math.max(...sizes)).toBe(countedAlertKilobytes);
  });
});
