import { randomUUID } from 'node:crypto';
import {
  documentOf,
  type Finding,
  maxListedRecords,
  occurrencesOf,
  type StoredAlert,
} from '../../lambda/detection/alert';
import { isUnfinished, newsIn } from '../../lambda/detection/alert-news';
import { withContribution } from '../../lambda/detection/fold-alert';
import type { BudgetRequest } from '../../lambda/detection/notification-budget';
import type { PipelineDependencies, PipelineOptions } from '../../lambda/pipeline/dependencies';
import { upsertAlert } from '../../lambda/pipeline/upsert-alert';
import type { WriteResult } from '../../lambda/ports';
import { alertRecordOf } from '../fixtures/finding';
import { eventId, givenUpdate, layerVersion } from '../fixtures/records';
import type { OpenedStores, Stores } from '../harness/stores';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const minute = 60_000;

/** What every alert store has to do for the laws to hold. */
export function alertStoreContract(open: () => Promise<OpenedStores>): void {
  let opened: OpenedStores;
  let stores: Stores;
  let now: Date;
  beforeAll(async () => {
    opened = await open();
    stores = opened.stores({ now: () => now });
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    now = new Date('2026-10-06T21:15:00Z');
  });

  /** Records of one alert that no other test has. */
  function findings(count: number, eventTime = (index: number) => `2026-10-06T21:${pad(index % 60)}:00Z`) {
    const name = `function-${randomUUID()}`;
    return Array.from({ length: count }, (_, index) =>
      alertRecordOf(givenUpdate([foreign], { eventID: eventId(), eventTime: eventTime(index) }, name)),
    );
  }

  const oneFinding = (): Finding => findings(1)[0] as Finding;

  /** The alert of one finding, as it is before it is stored. */
  const alertOf = (finding: Finding): StoredAlert =>
    withContribution(
      undefined,
      {
        counted: { recordId: finding.recordId, bucket: undefined },
        judged: [{ finding, sameNews: [] }],
        historyVersion: 0,
        isComplete: false,
        exporters: [],
      },
      now,
    );

  /** As the pipeline stores a record. */
  function upsert(finding: Finding) {
    const dependencies = { alerts: stores.alerts, clock: { now: () => now }, newToken: randomUUID };
    const options = { leaseMilliseconds: minute };
    const judgement = {
      judged: [{ finding, sameNews: [] }] as const,
      historyVersion: undefined,
      isComplete: false,
    };
    const { alertId, recordId } = finding;
    return upsertAlert(
      { alertId, read: undefined, recordId, judgement, judgeAnew: async () => judgement },
      dependencies as unknown as PipelineDependencies,
      options as unknown as PipelineOptions,
    );
  }

  async function present(alertId: string): Promise<StoredAlert> {
    const alert = await stores.alerts.read(alertId);
    if (alert === undefined) throw new Error(`no alert ${alertId}`);
    return alert;
  }

  describe('an alert', () => {
    test('given none, then it reads as absent', async () => {
      expect(await stores.alerts.read('absent')).toBeUndefined();
    });

    test('given every part of one, then it comes back as it was written', async () => {
      const alert: StoredAlert = {
        ...alertOf(oneFinding()),
        overflow: new Map([['a0', 3]]),
        news: new Map([
          ['one', 'notified'],
          ['two', 'withheld'],
        ]),
        notifiedBand: 'high',
        notifiedAt: '2026-10-06T21:16:00.000Z',
        messageId: 'message-1',
        deliveries: new Set(['two payments']),
        lease: { token: randomUUID(), untilMilliseconds: now.getTime() + minute },
        exported: new Map([['securityhub', 1]]),
        exportFailures: new Map([['eventbus', { since: '2026-10-06T21:16:00.000Z', reason: 'no such bus' }]]),
        status: 'acknowledged',
        history: [{ at: '2026-10-06T22:00:00Z', by: 'ana', action: 'acknowledge', reason: 'mine' }],
      };
      await stores.alerts.write(alert, undefined);
      expect(await present(alert.alertId)).toEqual({ ...alert, version: 1 });
    });

    test('given one that exists, then making it again is a conflict', async () => {
      const alert = alertOf(oneFinding());
      await stores.alerts.write(alert, undefined);
      expect(await stores.alerts.write(alert, undefined)).toEqual({ outcome: 'conflict' });
    });

    test('given fifty writers that read the same, then one writes', async () => {
      const read = written(await stores.alerts.write(alertOf(oneFinding()), undefined));
      const results = await Promise.all(Array.from({ length: 50 }, () => stores.alerts.write(read, read)));
      expect(results.filter(({ outcome }) => outcome === 'written')).toHaveLength(1);
    });

    test('given one past its time to live that is not deleted yet, then it reads as absent', async () => {
      const alert = alertOf(oneFinding());
      await stores.alerts.write(alert, undefined);
      now = new Date(alert.expiresAtSeconds * 1_000);
      expect(await stores.alerts.read(alert.alertId)).toBeUndefined();
    });

    test('given one past its time to live that is not deleted yet, then it can be made again', async () => {
      const alert = alertOf(oneFinding());
      await stores.alerts.write(alert, undefined);
      now = new Date(alert.expiresAtSeconds * 1_000);
      const later = { ...alert, expiresAtSeconds: alert.expiresAtSeconds + 86_400 };
      expect((await stores.alerts.write(later, undefined)).outcome).toBe('written');
    });

    test('given keys and names of reserved words and odd letters, then they come back as they were', async () => {
      const name = `constructor-${randomUUID()}`;
      const layers = ['__proto__', 'größe "\\ \u202e', foreign];
      const alert = alertOf(alertRecordOf(givenUpdate(layers, { eventID: eventId() }, name)));
      await stores.alerts.write(alert, undefined);
      expect(documentOf(await present(alert.alertId)).layerwatch.change.after).toEqual(layers);
    });
  });

  describe('law 2, nothing doubled', () => {
    test('given one record fifty times at once, then it is counted once', async () => {
      const given = oneFinding();
      const results = await Promise.all(Array.from({ length: 50 }, () => upsert(given)));
      expect(results.filter(({ outcome }) => outcome !== 'duplicate')).toHaveLength(1);
      expect(occurrencesOf(await present(given.alertId))).toBe(1);
    });

    test('given twenty records of one alert at once, then all are counted', async () => {
      const given = findings(20);
      await Promise.all(given.map(upsert));
      const alert = await present(given[0]?.alertId ?? '');
      expect(alert.recordIds).toEqual(new Set(given.map(({ recordId }) => recordId)));
    });

    test('given twenty records of one alert at once, then one worker may notify', async () => {
      const results = await Promise.all(findings(20).map(upsert));
      expect(results.filter(({ lease }) => lease !== undefined)).toHaveLength(1);
    });

    test('given more records than an item lists, each twice, then the count is exact', async () => {
      const given = findings(maxListedRecords + 30);
      for (const each of [...given, ...given]) await upsert(each);
      const alert = await present(given[0]?.alertId ?? '');
      expect(occurrencesOf(alert)).toBe(maxListedRecords + 30);
      expect(alert.recordIds.size).toBe(maxListedRecords);
    });

    test('given a bucket that another writer filled in between, then a record’s time is not lost', async () => {
      const given = findings(maxListedRecords);
      for (const each of given) await upsert(each);
      const [first] = given as [Finding];
      const late = { ...oneFinding(), alertId: first.alertId, recordId: 'late' };
      await stores.alerts.countBeyond(first.alertId, late.recordId, first.expiresAtSeconds);
      const { layerwatch } = late.document;
      const times = { first_seen: '2026-10-06T21:59:00.000Z', last_seen: '2026-10-06T21:59:00.000Z' };
      await upsert({ ...late, document: { ...late.document, layerwatch: { ...layerwatch, ...times } } });
      expect((await present(first.alertId)).lastSeen).toBe('2026-10-06T21:59:00.000Z');
    });

    test('given any order, then the alert is the same', async () => {
      const given = findings(6, (index) => `2026-10-06T21:0${(index * 7) % 6}:00Z`);
      for (const each of given) await upsert(each);
      const alertId = randomUUID();
      for (const each of [...given].reverse()) await upsert({ ...each, alertId });
      const [forwards, backwards] = [await present(given[0]?.alertId ?? ''), await present(alertId)];
      const { firstSeen, lastSeen, strength, recordIds, judgedDocument } = forwards;
      expect(backwards).toMatchObject({ firstSeen, lastSeen, strength, recordIds, judgedDocument });
    });
  });

  describe('the index of unfinished alerts', () => {
    async function listed(state: 'pending' | 'withheld' | 'unexported'): Promise<readonly string[]> {
      const ids: string[] = [];
      for await (const { alertId } of stores.undelivered.list(state)) ids.push(alertId);
      return ids;
    }

    test.each<['pending' | 'withheld', StoredAlert['news']]>([
      ['pending', new Map([['a', 'owed']])],
      ['withheld', new Map([['a', 'withheld']])],
    ])('given an alert that is %s, then it is listed', async (state, news) => {
      const alert = { ...alertOf(oneFinding()), news };
      await stores.alerts.write(alert, undefined);
      expect(await listed(state)).toContain(alert.alertId);
    });

    test('given an alert that an exporter has not accepted, then it is listed as such', async () => {
      const news = new Map([['a', 'notified' as const]]);
      const alert = { ...alertOf(oneFinding()), news, exported: new Map([['eventbus', 0]]) };
      await stores.alerts.write(alert, undefined);
      expect(await listed('unexported')).toContain(alert.alertId);
    });

    test('given an alert that is done, then it is not listed', async () => {
      const read = written(await stores.alerts.write(alertOf(oneFinding()), undefined));
      const done = { ...read, news: new Map(newsIn(read, 'owed').map((id) => [id, 'notified' as const])) };
      await stores.alerts.write(done, read);
      expect(isUnfinished(done)).toBe(false);
      expect(await listed('pending')).not.toContain(read.alertId);
    });
  });

  describe('the notification budget', () => {
    let eventTime: Date;
    beforeEach(() => {
      eventTime = new Date(Date.UTC(2030, 0, 1) + Math.floor(Math.random() * 1e9) * minute);
    });
    const request = (fields: Partial<BudgetRequest> = {}): BudgetRequest => ({
      alertId: randomUUID(),
      recordId: randomUUID(),
      band: 'low',
      eventTime,
      actor: 'noise',
      isNewActor: false,
      account: undefined,
      previouslyNotified: false,
      ...fields,
    });
    const many = (count: number, fields: Partial<BudgetRequest> = {}) =>
      Array.from({ length: count }, () => request(fields));
    const ask = async (
      requests: readonly BudgetRequest[],
      budget = stores.budget({ count: 20, minutes: 10 }),
    ) => (await Promise.all(requests.map((each) => budget.reserve(each)))).filter(Boolean).length;

    test('given sixty high alerts at once, then exactly the budget is granted', async () => {
      expect(await ask(many(60, { band: 'high' }))).toBe(20);
    });

    test('given alerts that were granted, then asking again spends nothing', async () => {
      const asked = many(15, { band: 'high' });
      await ask(asked);
      await ask(asked);
      expect(await ask(many(60, { band: 'high' }))).toBe(5);
    });

    test('given a budget that is spent, then critical alerts are granted all the same', async () => {
      await ask(many(60, { band: 'high' }));
      expect(await ask(many(30, { band: 'critical' }))).toBe(30);
    });

    test('given noise of one actor, then a fifth is left', async () => {
      expect(await ask(many(60))).toBe(16);
    });

    test('given noise of one actor, then a new actor may use half of what is left', async () => {
      await ask(many(60));
      expect(await ask(['a', 'b', 'c'].map((actor) => request({ actor })))).toBe(2);
    });

    test('given noise of many known actors, then one of a new actor is granted', async () => {
      await ask(Array.from({ length: 60 }, (_, index) => request({ actor: `actor-${index}` })));
      expect(await ask(['a', 'b', 'c'].map((actor) => request({ actor, isNewActor: true })))).toBe(1);
    });

    test('given noise of one account, then another account has its whole budget', async () => {
      const budget = stores.budget({ count: 20, minutes: 10 });
      expect(await ask(many(60, { account: '123456789012' }), budget)).toBe(16);
      expect(await ask(many(60, { account: '210987654321' }), budget)).toBe(16);
      expect(await ask(many(60, { account: '123456789012' }), budget)).toBe(0);
    });

    test('given noise of many actors, then the rest is left for what is urgent', async () => {
      await ask(Array.from({ length: 60 }, (_, index) => request({ actor: `actor-${index}` })));
      expect(await ask([request({ band: 'high' }), request({ previouslyNotified: true })])).toBe(2);
    });
  });
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function written(result: WriteResult): StoredAlert {
  if (result.outcome !== 'written') throw new Error('a conflict where none was expected');
  return result.alert;
}
