import { join } from 'node:path';
import { GetItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readDetectionSettings } from '../../cli/settings';
import { alertTable } from '../../lambda/contract';
import { classifiedEventNamePrefixes } from '../../lambda/detection/watched-calls';
import { NewerItemError } from '../../lambda/errors';
import { readLogs } from '../../lambda/logs/read-logs';
import { AlertTriage } from '../../lambda/pipeline/triage-alert';
import { problemsOfEcs } from '../../scripts/standards/ecs-check';
import { indexTemplate } from '../../scripts/standards/elastic-template';
import { findingSchema } from '../../scripts/standards/finding-schema';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';
import { dynamoDbStores, storesOn } from '../harness/dynamodb-stores';
import { PipelineHarness } from '../harness/pipeline-harness';
import { previousItems, writePreviousItems } from './previous';

const samples = join(__dirname, '..', '..', 'samples');

async function sampleRecords(): Promise<readonly unknown[]> {
  const records: unknown[] = [];
  const logs = readLogs([join(samples, 'logs')], {
    eventNamePrefixes: classifiedEventNamePrefixes,
    onProblem: () => {},
  });
  for await (const { record } of logs.candidates) records.push(record);
  return records;
}

describe('tables that the release before this one wrote', () => {
  let database: LoopbackDynamoDb;
  beforeEach(async () => {
    database = await startDynamoDb();
    await writePreviousItems(database.client, database.tables);
  });

  test('given its alerts, then each is listed, read and can be decided on', async () => {
    const { alerts, catalogue } = dynamoDbStores(database, { now: () => new Date() });
    const triage = new AlertTriage(alerts);
    const [since, until] = [new Date('2026-10-01T00:00:00Z'), new Date('2026-10-31T00:00:00Z')];
    const ids: string[] = [];
    for await (const alert of catalogue.list({ by: { kind: 'day' }, since, until, filters: {} })) {
      ids.push(alert.alertId);
      const entry = { at: '2026-11-24T00:00:00Z', by: 'test', action: 'close' as const };
      expect(await triage.write(alert, entry, 'closed')).toBe('written');
    }
    expect([...ids].sort()).toEqual(
      previousItems()
        .alerts.map((item) => item['alertId']?.S)
        .sort(),
    );
  });

  test('given the findings that it kept, then each is read as an ECS document of this release', async () => {
    const { alerts } = dynamoDbStores(database, { now: () => new Date() });
    const { mappings } = indexTemplate(findingSchema()).template;
    for (const { alertId } of previousItems().alerts) {
      const alert = await alerts.read(alertId?.S ?? '');
      expect(problemsOfEcs(alert?.judgedDocument, mappings)).toEqual([]);
    }
  });

  test('given the same records again, then nothing is counted or notified again', async () => {
    const settings = readDetectionSettings(join(samples, 'layerwatch.config.json'));
    const bench = await PipelineHarness.start(settings, { opened: storesOn(database) });
    for (const record of await sampleRecords()) {
      const outcome = await bench.process(record);
      if (outcome.kind === 'alert') expect(outcome.outcome).toBe('duplicate');
    }
    expect(bench.topic.published).toEqual([]);
  });
});

describe('items that a newer version wrote', () => {
  const foreign = layerVersion('boto-utils', 3, '999988887777');
  let database: LoopbackDynamoDb;
  let bench: PipelineHarness;
  beforeEach(async () => {
    database = await startDynamoDb();
    bench = await PipelineHarness.start({}, { opened: storesOn(database) });
  });
  afterEach(() => bench.stop());

  async function makeNewer(table: 'alerts' | 'state', key: Readonly<Record<string, { readonly S: string }>>) {
    const { client, tables } = database;
    await client.send(
      new UpdateItemCommand({
        TableName: tables[table],
        Key: key,
        UpdateExpression: 'SET schemaVersion = :newer',
        ExpressionAttributeValues: { ':newer': { N: '99' } },
      }),
    );
    return (await client.send(new GetItemCommand({ TableName: tables[table], Key: key }))).Item;
  }

  test('given a newer alert, then a record of it is not lost and the alert stays as it is', async () => {
    const outcome = await bench.process(givenUpdate([foreign]));
    const key = { [alertTable.partitionKey]: { S: outcome.kind === 'alert' ? outcome.alertId : '' } };
    const newer = await makeNewer('alerts', key);
    await expect(bench.process(givenUpdate([foreign]))).rejects.toThrow(NewerItemError);
    const { client, tables } = database;
    const { Item } = await client.send(new GetItemCommand({ TableName: tables.alerts, Key: key }));
    expect(Item).toEqual(newer);
  });

  test('given a newer alert, then a decision of an older command line is refused', async () => {
    const outcome = await bench.process(givenUpdate([foreign]));
    if (outcome.kind !== 'alert') throw new Error('no alert');
    await makeNewer('alerts', { [alertTable.partitionKey]: { S: outcome.alertId } });
    await expect(bench.ports.alerts.read(outcome.alertId)).rejects.toThrow(NewerItemError);
  });

  test('given a newer baseline, then a record of its function is not lost and the baseline stays as it is', async () => {
    await bench.process(givenUpdate([foreign]));
    const { client, tables } = database;
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.state }));
    const key = Items.map(({ stateKey }) => stateKey?.S ?? '').find((each) => each.startsWith('baseline#'));
    const newer = await makeNewer('state', { stateKey: { S: key ?? '' } });
    const later = givenUpdate([], { eventTime: '2026-10-06T23:00:00Z' });
    await expect(bench.process(later)).rejects.toThrow(NewerItemError);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tables.state, Key: { stateKey: { S: key ?? '' } } }),
    );
    expect(Item).toEqual(newer);
  });

  test('given every kind of item, then each carries its schema version', async () => {
    const denied = { errorCode: 'AccessDenied', eventTime: '2026-10-06T21:00:00Z' };
    await bench.process(givenUpdate([foreign], denied));
    for (let count = 0; count < 102; count++) await bench.process(givenUpdate([foreign]));
    for (const TableName of Object.values(database.tables)) {
      const { Items = [] } = await database.client.send(new ScanCommand({ TableName }));
      expect(Items.filter(({ schemaVersion }) => schemaVersion === undefined)).toEqual([]);
      expect(Items.length).toBeGreaterThan(0);
    }
  });
});
