import type { Outcome } from '../../lambda/pipeline/process-record';
import {
  answering,
  eventId,
  givenEnvelope,
  givenPublish,
  givenUpdate,
  layerVersion,
  roleIdentity,
  userIdentity,
} from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

type AlertOutcome = Extract<Outcome, { kind: 'alert' }>;

function alertOf(outcome: Outcome): AlertOutcome {
  if (outcome.kind !== 'alert') throw new Error(`no alert but ${outcome.kind}`);
  return outcome;
}

const foreign = layerVersion('boto-utils', 3, '999988887777');

describe('law 1, nothing lost', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
  });
  afterEach(() => bench.stop());

  test('given a match, when it is processed, then the alert is stored and SNS has accepted it', async () => {
    const outcome = alertOf(await bench.process(givenEnvelope(givenUpdate([foreign]))));
    expect(outcome).toMatchObject({ outcome: 'created', notification: 'sent' });
    expect(bench.topic.published.map(({ alertId }) => alertId)).toEqual([outcome.alertId]);
    expect(await bench.document(outcome.alertId)).toMatchObject({
      layerwatch: { disposition: 'notify', occurrences: 1 },
    });
  });

  test('given a topic that refuses, then processing rejects and the next delivery notifies once', async () => {
    const record = givenUpdate([foreign]);
    bench.topic.refuseNext(1);
    await expect(bench.process(record)).rejects.toThrow('the topic is away');
    expect(await bench.process(record)).toMatchObject({ outcome: 'duplicate', notification: 'sent' });
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given another record of an alert that nobody was notified of, then it is counted and notifies once', async () => {
    bench.topic.refuseNext(1);
    await expect(bench.process(givenUpdate([foreign]))).rejects.toThrow('away');
    const outcome = alertOf(await bench.process(givenUpdate([foreign])));
    expect((await bench.document(outcome.alertId)).layerwatch.occurrences).toBe(2);
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given a record past the alert’s time to live, then it makes a new alert', async () => {
    const record = givenUpdate([foreign]);
    await bench.process(record);
    bench.advanceSeconds(401 * 86_400);
    expect(await bench.process(record)).toMatchObject({ outcome: 'created', notification: 'sent' });
  });
});

describe('law 2, nothing doubled', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
  });
  afterEach(() => bench.stop());

  test('given one record delivered 50 times at once, then it is counted once and notified once', async () => {
    const record = givenUpdate([foreign]);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => bench.processWithRetries(record)));
    expect(new Set(outcomes.map((outcome) => alertOf(outcome).alertId)).size).toBe(1);
    expect((await bench.document(alertOf(outcomes[0] as Outcome).alertId)).layerwatch.occurrences).toBe(1);
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given 50 records of one group at once, then there is one alert, a count of 50 and one notification', async () => {
    const records = Array.from({ length: 50 }, (_, second) =>
      givenUpdate([foreign], { eventTime: `2026-10-06T21:14:${String(second).padStart(2, '0')}Z` }),
    );
    const outcomes = await Promise.all(records.map((record) => bench.processWithRetries(record)));
    const [alertId, ...others] = [...new Set(outcomes.map((outcome) => alertOf(outcome).alertId))];
    expect(others).toEqual([]);
    const { layerwatch } = await bench.document(alertId as string);
    expect(layerwatch).toMatchObject({
      occurrences: 50,
      first_seen: '2026-10-06T21:14:00.000Z',
      last_seen: '2026-10-06T21:14:49.000Z',
    });
    expect(layerwatch.event_ids).toHaveLength(50);
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given more records than an item lists, each twice, then the count stays exact', async () => {
    const records = Array.from({ length: 260 }, () => givenUpdate([foreign]));
    for (const record of records) await bench.process(record);
    const again = await Promise.all(records.map((record) => bench.processWithRetries(record)));
    const { layerwatch } = await bench.document(alertOf(again[0] as Outcome).alertId);
    expect(layerwatch.occurrences).toBe(260);
    expect(layerwatch.event_ids).toHaveLength(100);
    expect(again.every((outcome) => alertOf(outcome).outcome === 'duplicate')).toBe(true);
    expect(bench.topic.published).toHaveLength(1);
  });

  test.each([
    ['addendum.originalEventID', (id: string) => ({ eventID: eventId(), addendum: { originalEventID: id } })],
    ['sharedEventID', (id: string) => ({ eventID: eventId(), sharedEventID: id })],
  ])('given the same call known by its %s, then it is counted once', async (_, fields) => {
    const id = eventId();
    await bench.process(givenUpdate([foreign], fields(id)));
    const outcome = alertOf(await bench.process(givenUpdate([foreign], fields(id))));
    expect(outcome.outcome).toBe('duplicate');
    expect(bench.topic.published).toHaveLength(1);
  });
});

describe('law 3, the alert id is a pure function of the record and the window', () => {
  test('given another machine, another order and another way to write the name, then the id is the same', async () => {
    const [one, two] = [await PipelineHarness.start(), await PipelineHarness.start()];
    const record = givenUpdate([foreign, layerVersion('a', 1)]);
    const first = alertOf(await one.process(record));
    await two.process(givenUpdate([foreign]));
    const second = alertOf(await two.process(givenEnvelope(record)));
    expect(second.alertId).toBe(first.alertId);
    expect(first.alertId).toMatch(/^[0-9a-f]{64}$/);
    await Promise.all([one.stop(), two.stop()]);
  });
});

describe('law 4, folding never hides', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start({
      workingHours: { timeZone: 'UTC', days: ['tue'], from: '08:00', to: '21:30' },
    });
  });
  afterEach(() => bench.stop());

  test.each([
    ['a new layer', givenUpdate([foreign, layerVersion('other', 1)])],
    ['another actor', givenUpdate([foreign], { userIdentity })],
    ['another function', givenUpdate([foreign], {}, 'payroll')],
    [
      'another account',
      givenUpdate([foreign], {
        responseElements: null,
        userIdentity: { ...roleIdentity, accountId: '210987654321' },
      }),
    ],
    ['a publish', givenPublish('boto-utils', 4)],
  ])('given %s after an alert, then it is an alert of its own and notified', async (_, record) => {
    const first = alertOf(await bench.process(givenUpdate([foreign])));
    const second = alertOf(await bench.process(record));
    expect(second.alertId).not.toBe(first.alertId);
    expect(bench.topic.published).toHaveLength(2);
  });

  test('given the layer taken off and put back in another window, then that is an alert of its own and notified', async () => {
    const first = alertOf(await bench.process(givenUpdate([foreign])));
    await bench.process(givenUpdate([], { eventTime: '2026-10-06T21:20:00Z' }));
    const second = alertOf(
      await bench.process(givenUpdate([foreign], { eventTime: '2026-10-06T22:14:05Z' })),
    );
    expect(second.alertId).not.toBe(first.alertId);
    expect(bench.topic.published).toHaveLength(2);
  });

  test('given a higher band, then it notifies again and says that it rose; so does a put-back, and a repeat does not', async () => {
    const own = layerVersion('own', 1);
    const putOn = (eventTime: string) => bench.process(givenUpdate([own], { eventTime }));
    const takeOff = (eventTime: string) => bench.process(givenUpdate([], { eventTime }));
    await putOn('2026-10-06T21:10:00Z');
    await takeOff('2026-10-06T21:20:00Z');
    const outcome = alertOf(await putOn('2026-10-06T21:40:00Z'));
    await takeOff('2026-10-06T21:42:00Z');
    await putOn('2026-10-06T21:45:00Z');
    await putOn('2026-10-06T21:47:00Z');
    expect(bench.topic.published.map(({ isAgain }) => isAgain)).toEqual([false, true, true]);
    const { layerwatch } = await bench.document(outcome.alertId);
    expect(layerwatch).toMatchObject({
      occurrences: 4,
      risk: { band: 'medium' },
      first_seen: '2026-10-06T21:10:00.000Z',
    });
  });

  test('given a list re-sent unchanged, taken off and put back, then the last one notifies', async () => {
    const at = (eventTime: string) => ({ eventTime });
    await bench.process(givenUpdate(undefined, { ...at('2026-10-06T20:10:00Z'), ...answering([foreign]) }));
    const resent = alertOf(await bench.process(givenUpdate([foreign], at('2026-10-06T21:10:00Z'))));
    await bench.process(givenUpdate([], at('2026-10-06T21:20:00Z')));
    expect(bench.topic.published).toHaveLength(0);
    const back = alertOf(await bench.process(givenUpdate([foreign], at('2026-10-06T21:30:00Z'))));
    expect(back.alertId).toBe(resent.alertId);
    expect(bench.topic.published).toHaveLength(1);
    expect(bench.topic.published[0]?.document.layerwatch.change.kind).toBe('added');
  });

  test('given records that name no function, then each stands alone', async () => {
    const nameless = () => givenUpdate([], { requestParameters: null, responseElements: null });
    await bench.process(nameless());
    await bench.process(nameless());
    expect(bench.topic.published).toHaveLength(2);
  });
});

describe('law 5, context never blocks', () => {
  const hanging = { name: 'hanging', run: () => new Promise<never>(() => {}) };
  const failing = {
    name: 'failing',
    run: () => {
      throw new Error('access denied');
    },
  };

  test('given steps that hang and fail, then the alert goes out and says what is not available', async () => {
    const bench = await PipelineHarness.start({}, { contextSteps: [hanging, failing] });
    const outcome = alertOf(await bench.process(givenUpdate([foreign])));
    expect(outcome.notification).toBe('sent');
    expect((await bench.document(outcome.alertId)).layerwatch.unavailable).toEqual([
      { step: 'hanging', reason: 'no answer within 200 ms' },
      { step: 'failing', reason: 'access denied' },
    ]);
    await bench.stop();
  });
});

describe('law 7, unknown alerts', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
  });
  afterEach(() => bench.stop());

  test.each([
    ['no parameters', { requestParameters: null }],
    ['parameters that CloudTrail left out', { requestParameters: { omitted: true, originalSize: 120_000 } }],
    ['layers of an unknown shape', { requestParameters: { functionName: 'payments', layers: { a: 1 } } }],
    ['a record without a time', { requestParameters: null, eventTime: null }],
    ['a record without anybody', { requestParameters: null, userIdentity: null }],
  ])('given %s, then it notifies as unreadable and says what cannot be read', async (_, fields) => {
    const outcome = alertOf(await bench.process(givenUpdate([], fields)));
    const { layerwatch } = await bench.document(outcome.alertId);
    expect(outcome.notification).toBe('sent');
    expect(layerwatch).toMatchObject({ change: { kind: 'unreadable' }, disposition: 'notify' });
    expect(layerwatch.problems).not.toEqual([]);
  });
});

describe('what is decided against', () => {
  test('given records that are no match, then nothing is stored and each is counted by its reason', async () => {
    const bench = await PipelineHarness.start();
    await bench.process(givenUpdate([foreign], { errorCode: 'AccessDenied' }));
    await bench.process(givenUpdate([foreign], { eventName: 'UpdateFunctionCode20150331v2' }));
    await bench.process({ source: 'aws.events', detail: {} });
    expect(Object.fromEntries(bench.observer.counts)).toEqual({
      'NotMatched failed-call': 1,
      'NotMatched other-action': 1,
      NotCloudTrail: 1,
    });
    expect(bench.topic.published).toEqual([]);
    await bench.stop();
  });

  test.each([
    ['no layers in the call', givenUpdate(undefined), 'no-layers'],
    ['all layers taken off', givenUpdate([]), 'removed'],
  ])('given %s, then it is recorded and nobody is notified', async (_, record, kind) => {
    const bench = await PipelineHarness.start();
    const outcome = alertOf(await bench.process(record));
    expect(await bench.document(outcome.alertId)).toMatchObject({
      layerwatch: { disposition: 'record', change: { kind } },
    });
    expect(bench.topic.published).toEqual([]);
    await bench.stop();
  });

  test('given notifyOn every-match, then a change without layers notifies', async () => {
    const bench = await PipelineHarness.start({ notifyOn: 'every-match' });
    expect(await bench.process(givenUpdate(undefined))).toMatchObject({ notification: 'sent' });
    await bench.stop();
  });
});

describe('clocks that differ', () => {
  test('given workers whose clocks are twenty seconds apart and one record, then it is counted once and notified once', async () => {
    const bench = await PipelineHarness.start();
    const record = givenUpdate([foreign]);
    const workers = [-20, 0, 20].flatMap((seconds) => Array.from({ length: 5 }, () => seconds));
    const deliveries = workers.map(async (seconds) => {
      const clock = { now: () => new Date(Date.now() + seconds * 1_000) };
      await bench.processWith({ clock }, record).catch(() => undefined);
    });
    await Promise.all(deliveries);
    const outcome = alertOf(await bench.processWithRetries(record));
    expect((await bench.document(outcome.alertId)).layerwatch.occurrences).toBe(1);
    expect(bench.topic.published).toHaveLength(1);
    await bench.stop();
  });
});

describe('the notification budget', () => {
  test('given a hundred harmless alerts of one actor, then a high one of the same actor is still notified', async () => {
    const bench = await PipelineHarness.start({ notificationBudget: { count: 10, minutes: 10 } });
    for (let index = 0; index < 100; index++)
      await bench.process(givenUpdate([layerVersion('own', 1)], {}, `function-${index}`));
    expect(bench.topic.published).toHaveLength(8);
    expect(await bench.process(givenUpdate([foreign]))).toMatchObject({ notification: 'sent' });
    await bench.stop();
  });

  test('given more alerts at once than the budget, then exactly the budget is sent and the rest is withheld, not lost', async () => {
    const bench = await PipelineHarness.start({ notificationBudget: { count: 7, minutes: 10 } });
    const records = Array.from({ length: 20 }, (_, n) => givenUpdate([foreign], {}, `function-${n}`));
    const outcomes = await Promise.all(records.map((record) => bench.processWithRetries(record)));
    expect(bench.topic.published).toHaveLength(7);
    const withheld = outcomes.map(alertOf).filter(({ notification }) => notification === 'withheld');
    expect(withheld).toHaveLength(13);
    for (const { alertId } of withheld) {
      expect((await bench.document(alertId)).layerwatch.disposition).toBe('withhold');
    }
    await Promise.all(records.map((record) => bench.processWithRetries(record)));
    expect(bench.topic.published).toHaveLength(7);
    await bench.stop();
  });
});
