import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableNames } from '../../cli/embedded/tables';
import { DynamoDbAlertStore } from '../../lambda/aws/dynamodb-alert-store';
import { DynamoDbNotificationBudget } from '../../lambda/aws/dynamodb-notification-budget';
import { FoldingOverflow } from '../../lambda/aws/folding-overflow';
import type { Finding, StoredAlert } from '../../lambda/detection/alert';
import { upsertAlert } from '../../lambda/pipeline/upsert-alert';
import type { AlertStore, BudgetRequest, Lease, WriteResult } from '../../lambda/ports';
import { alertRecordOf } from '../fixtures/finding';
import { eventId, givenUpdate, layerVersion } from '../fixtures/records';

/** A DynamoDB, of whatever make, with the two tables in it. */
export interface ConnectedStore {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly close: () => Promise<void>;
}

const foreign = layerVersion('boto-utils', 3, '999988887777');
const minute = 60_000;

/** What every DynamoDB has to do for the laws to hold; run on each that is at hand. */
export function alertStoreContract(connect: () => Promise<ConnectedStore>): void {
  let store: ConnectedStore;
  let alerts: AlertStore;
  let now: Date;
  const clock = { now: () => now };
  beforeAll(async () => {
    store = await connect();
  });
  afterAll(() => store.close());
  beforeEach(() => {
    now = new Date('2026-10-06T21:15:00Z');
    const { client, tables } = store;
    alerts = new DynamoDbAlertStore(client, tables.alerts, new FoldingOverflow(client, tables.state), clock);
  });

  /** Records of one alert that no other test has. */
  function recordsOf(
    count: number,
    eventTime = (index: number) => `2026-10-06T21:${pad(index % 60)}:00Z`,
  ): Finding[] {
    const name = `function-${randomUUID()}`;
    return Array.from({ length: count }, (_, index) =>
      alertRecordOf(givenUpdate([foreign], { eventID: eventId(), eventTime: eventTime(index) }, name)),
    );
  }

  const oneRecord = (): Finding => recordsOf(1)[0] as Finding;
  const leaseUntil = (milliseconds: number): Lease => ({
    token: randomUUID(),
    untilMilliseconds: now.getTime() + milliseconds,
  });

  /** As the pipeline records, many at once. */
  function record(record: Finding) {
    const ports = { alerts, clock, newToken: randomUUID } as unknown as Parameters<typeof upsertAlert>[2];
    const options = { leaseMilliseconds: minute } as Parameters<typeof upsertAlert>[3];
    return upsertAlert(record, { read: undefined, mayRejudge: false }, ports, options);
  }

  describe('an alert', () => {
    test('given none, then it reads as absent', async () => {
      expect(await alerts.read('absent')).toBeUndefined();
    });

    test('given one that was created, then every reader sees all of it at once', async () => {
      const given = oneRecord();
      const lease = leaseUntil(minute);
      expect((await alerts.create(given, lease)).outcome).toBe('written');
      const read = await present(given.alertId);
      expect(read).toMatchObject({ occurrences: 1, rank: 3, settledRank: 0, lease });
      expect(read.document.layerwatch.event_ids).toEqual([given.recordId]);
      expect(read.document.layerwatch.change).toEqual(given.document.layerwatch.change);
    });

    test('given one that exists, then creating it again is a conflict and changes nothing', async () => {
      const [first, second] = recordsOf(2) as [Finding, Finding];
      await alerts.create(first, undefined);
      expect(await alerts.create(second, undefined)).toEqual({ outcome: 'conflict' });
      expect((await present(first.alertId)).occurrences).toBe(1);
    });

    test('given one past its time to live that DynamoDB has not deleted, then it is absent and can be made again', async () => {
      const [first, second] = recordsOf(2) as [Finding, Finding];
      await alerts.create(first, undefined);
      now = new Date(first.expiresAtSeconds * 1_000);
      expect(await alerts.read(first.alertId)).toBeUndefined();
      const later = { ...second, expiresAtSeconds: second.expiresAtSeconds + 86_400 };
      expect((await alerts.create(later, undefined)).outcome).toBe('written');
    });

    test('given keys and names of reserved words and odd letters, then they come back as they were', async () => {
      const name = `constructor-${randomUUID()}`;
      const layers = ['__proto__', 'größe "\\ \u202e', foreign];
      const given = alertRecordOf(givenUpdate(layers, { eventID: eventId() }, name));
      await alerts.create(given, undefined);
      expect((await present(given.alertId)).document.layerwatch.change.after).toEqual(layers);
    });
  });

  describe('law 2, nothing doubled', () => {
    test('given one record fifty times at once, then it is counted once', async () => {
      const given = oneRecord();
      const results = await Promise.all(Array.from({ length: 50 }, () => record(given)));
      expect(results.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
      expect(results.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(49);
      expect((await present(given.alertId)).occurrences).toBe(1);
    });

    test('given fifty records of one alert at once, then all are counted and one worker may notify', async () => {
      const given = recordsOf(50);
      const results = await settled(given, record);
      const alert = await present(given[0]?.alertId ?? '');
      expect(alert.occurrences).toBe(50);
      expect(alert.recordIds).toEqual(new Set(given.map(({ recordId }) => recordId)));
      expect(results.filter(({ lease }) => lease !== undefined)).toHaveLength(1);
    });

    test('given more records than an item lists, each twice, then the count is exact', async () => {
      const given = recordsOf(130);
      for (const each of given) await record(each);
      await settled(given, record);
      const alert = await present(given[0]?.alertId ?? '');
      expect(alert.occurrences).toBe(130);
      expect(alert.recordIds.size).toBe(100);
    });

    test('given any order, then the alert is the same', async () => {
      const given = recordsOf(6, (index) => `2026-10-06T21:0${(index * 7) % 6}:00Z`);
      for (const each of given) await record(each);
      const forwards = await present(given[0]?.alertId ?? '');
      const other = given.map((each) => ({ ...each, alertId: randomUUID() }));
      const alertId = randomUUID();
      for (const each of other.reverse()) await record({ ...each, alertId });
      const backwards = await present(alertId);
      const { firstSeen, lastSeen, strength, rank, occurrences, recordIds } = forwards;
      expect(backwards).toMatchObject({ firstSeen, lastSeen, strength, rank, occurrences, recordIds });
      expect(firstSeen).toBe('2026-10-06T21:00:00.000Z');
    });
  });

  describe('the lease on a notification', () => {
    test('given fifty workers at once, then one takes it', async () => {
      const created = written(await alerts.create(oneRecord(), undefined));
      const leases = Array.from({ length: 50 }, () => leaseUntil(minute));
      const results = await Promise.all(leases.map((lease) => alerts.claim(created, lease)));
      expect(results.filter(({ outcome }) => outcome === 'written')).toHaveLength(1);
    });

    test('given one that ran out, then another worker takes it and the first can no longer note anything', async () => {
      const first = leaseUntil(minute);
      const created = written(await alerts.create(oneRecord(), first));
      const second = leaseUntil(10 * minute);
      expect(await alerts.claim(created, second)).toEqual({ outcome: 'conflict' });
      now = new Date(now.getTime() + minute);
      const claimed = written(await alerts.claim(created, second));
      expect(await alerts.confirm(created, first, created.rank, 'late')).toEqual({ outcome: 'conflict' });
      expect(await alerts.withhold(created, first, created.rank)).toEqual({ outcome: 'conflict' });
      expect(written(await alerts.confirm(claimed, second, claimed.rank, 'm-1'))).toMatchObject({
        settledRank: created.rank,
        notifiedRank: created.rank,
        lease: undefined,
      });
    });

    test('given a finished notification, then nobody takes it again', async () => {
      const lease = leaseUntil(minute);
      const created = written(await alerts.create(oneRecord(), lease));
      const confirmed = written(await alerts.confirm(created, lease, created.rank, 'm-1'));
      expect(await alerts.claim(confirmed, leaseUntil(minute))).toEqual({ outcome: 'conflict' });
    });

    test('given a record that raised the rank meanwhile, then the alert stays pending for the higher rank', async () => {
      const name = `function-${randomUUID()}`;
      const raising = alertRecordOf(givenUpdate([foreign], { eventID: eventId() }, name));
      const quiet = alertRecordOf(givenUpdate([foreign], { eventID: eventId() }, name), {
        riskPoints: new Map([['unknown-account-layer', 0]]),
      });
      const lease = leaseUntil(minute);
      const created = written(await alerts.create(quiet, lease));
      written((await alerts.fold(created, raising, undefined)) as WriteResult);
      const confirmed = written(await alerts.confirm(created, lease, created.rank, 'm-1'));
      expect(confirmed.rank).toBeGreaterThan(confirmed.settledRank);
      expect((await alerts.claim(confirmed, leaseUntil(minute))).outcome).toBe('written');
    });
  });

  describe('the notification budget', () => {
    const settings = { count: 20, minutes: 10 };
    const budgetOf = () =>
      new DynamoDbNotificationBudget(store.client, store.tables.state, settings, clock, 'event');
    let eventTime: Date;
    beforeEach(() => {
      eventTime = new Date(Date.UTC(2030, 0, 1) + Math.floor(Math.random() * 1e9) * minute);
    });
    const request = (fields: Partial<BudgetRequest> = {}): BudgetRequest => ({
      alertId: randomUUID(),
      rank: 1,
      eventTime,
      actor: 'noise',
      rose: false,
      ...fields,
    });
    const ask = (requests: readonly BudgetRequest[], budget = budgetOf()) =>
      Promise.all(requests.map((each) => budget.reserve(each)));

    test('given sixty urgent alerts at once, then exactly the budget is granted, and asking again spends nothing', async () => {
      const asked = Array.from({ length: 60 }, () => request({ rank: 3 }));
      const granted = await ask(asked);
      expect(granted.filter(Boolean)).toHaveLength(20);
      expect(await ask(asked)).toEqual(granted);
      expect(await ask(asked, budgetOf())).toEqual(granted);
    });

    test('given noise of one actor, then a fifth is left for what is urgent, rises or comes from somebody else', async () => {
      const budget = budgetOf();
      const noise = Array.from({ length: 60 }, () => request());
      expect((await ask(noise, budget)).filter(Boolean)).toHaveLength(16);
      const kept = [request({ rank: 4 }), request({ rank: 2, rose: true }), request({ actor: 'another' })];
      expect(await ask(kept, budget)).toEqual([true, true, true]);
      expect(await ask([request({ actor: 'another' })], budget)).toEqual([false]);
      expect(await ask([request({ rank: 3 }), request({ rank: 3 })], budget)).toHaveLength(2);
      expect(
        (
          await ask(
            Array.from({ length: 9 }, () => request({ rank: 3 })),
            budget,
          )
        ).filter(Boolean),
      ).toHaveLength(0);
    });

    test('given a window that is full, then further alerts of one process write nothing', async () => {
      const budget = budgetOf();
      await ask(
        Array.from({ length: 40 }, () => request({ rank: 3 })),
        budget,
      );
      let writes = 0;
      store.client.middlewareStack.add(
        (next, context) => (args) => {
          if (context.commandName === 'UpdateItemCommand') writes++;
          return next(args);
        },
        { step: 'initialize', name: 'count-writes', override: true },
      );
      await ask(
        Array.from({ length: 40 }, () => request({ rank: 3 })),
        budget,
      );
      store.client.middlewareStack.remove('count-writes');
      expect(writes).toBe(0);
    });
  });

  async function present(alertId: string): Promise<StoredAlert> {
    const alert = await alerts.read(alertId);
    if (alert === undefined) throw new Error(`no alert ${alertId}`);
    return alert;
  }
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function written(result: WriteResult): StoredAlert {
  if (result.outcome !== 'written') throw new Error('a conflict where none was expected');
  return result.alert;
}

/** All at once; one that lost against too many others is delivered again, as Lambda does. */
async function settled<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<readonly R[]> {
  const results = await Promise.allSettled(values.map(work));
  return Promise.all(
    results.map((result, index) => (result.status === 'fulfilled' ? result.value : work(values[index] as T))),
  );
}
