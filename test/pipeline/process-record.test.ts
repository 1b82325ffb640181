import type { Outcome } from '../../lambda/pipeline/process-record';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

type AlertOutcome = Extract<Outcome, { kind: 'alert' }>;

function alertOf(outcome: Outcome): AlertOutcome {
  if (outcome.kind !== 'alert') throw new Error(`no alert but ${outcome.kind}`);
  return outcome;
}

const foreign = layerVersion('boto-utils', 3, '999988887777');

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
