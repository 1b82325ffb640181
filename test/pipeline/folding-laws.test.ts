import type { Outcome } from '../../lambda/pipeline/process-record';
import {
  answering,
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
