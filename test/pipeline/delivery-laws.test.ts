import type { Outcome } from '../../lambda/pipeline/process-record';
import { eventId, givenEnvelope, givenUpdate, layerVersion } from '../fixtures/records';
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
