import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { alertItem } from '../../lambda/aws/alert-item';
import { string } from '../../lambda/aws/attributes';
import type { StoredAlert } from '../../lambda/detection/alert';
import { alertWith } from '../fixtures/alert';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';
import { type DynamoDbStores, dynamoDbStores } from '../harness/dynamodb-stores';
import { recordedInputs } from '../harness/recorded-inputs';

const day = '2026-10-06';
const [since, until] = [new Date(`${day}T00:00:00Z`), new Date(`${day}T23:59:59Z`)];

function givenAlert(index: number): StoredAlert {
  const firstSeen = new Date(since.getTime() + (index % 60) * 60_000).toISOString();
  return alertWith({ alertId: String(index).padStart(64, '0'), firstSeen });
}

/** More than the first page of each shard holds. */
const alerts = Array.from({ length: 600 }, (_, index) => givenAlert(index));

const byTimeAndId = (sign: 1 | -1) => (a: StoredAlert, b: StoredAlert) =>
  a.firstSeen === b.firstSeen ? (a.alertId < b.alertId ? -1 : 1) : a.firstSeen < b.firstSeen ? -sign : sign;

describe('alerts of one day, spread over shards', () => {
  let database: LoopbackDynamoDb;
  let stores: DynamoDbStores;

  beforeAll(async () => {
    database = await startDynamoDb();
    stores = dynamoDbStores(database, { now: () => new Date('2026-10-06T23:00:00Z') });
    await Promise.all(alerts.map((alert, index) => (index % 5 === 0 ? putUnsharded(alert) : put(alert))));
  });
  afterAll(() => database.close());

  const put = (alert: StoredAlert) => stores.alerts.write(alert, undefined);

  /** As releases before 0.3 wrote it. */
  async function putUnsharded(alert: StoredAlert): Promise<void> {
    const Item = { ...alertItem(alert, 1), day: string(day), undelivered: string('pending') };
    await database.client.send(new PutItemCommand({ TableName: database.tables.alerts, Item }));
  }

  test('given new and old items, then the list of the day has all of them, the newest first', async () => {
    const listed: string[] = [];
    for await (const { alertId } of stores.catalogue.list({ by: { kind: 'day' }, since, until, filters: {} }))
      listed.push(alertId);
    expect(listed).toEqual([...alerts].sort(byTimeAndId(-1)).map(({ alertId }) => alertId));
  });

  test('given new and old items, then the list of the unfinished has all of them, the earliest first', async () => {
    const listed: string[] = [];
    for await (const { firstSeen } of stores.undelivered.list('pending')) listed.push(firstSeen);
    expect(listed).toEqual([...alerts].sort(byTimeAndId(1)).map(({ firstSeen }) => firstSeen));
  });

  test('given a reader that takes fifty, then each partition is asked once', async () => {
    const inputs = recordedInputs(database.client);
    let count = 0;
    for await (const _ of stores.catalogue.list({ by: { kind: 'day' }, since, until, filters: {} }))
      if (++count === 50) break;
    const asked = inputs.map((input) => JSON.stringify(input));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(18);
  });

  test('given an old item, then its next write moves it into its shard', async () => {
    const [old] = alerts;
    const read = await stores.alerts.read(old?.alertId ?? '');
    if (read === undefined) throw new Error('absent');
    await stores.alerts.write({ ...read, status: 'closed' }, read);
    const listed: string[] = [];
    for await (const { alertId } of stores.catalogue.list({ by: { kind: 'day' }, since, until, filters: {} }))
      listed.push(alertId);
    expect(listed.filter((id) => id === old?.alertId)).toEqual([old?.alertId]);
  });
});
