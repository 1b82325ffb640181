import { answering, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * The record of an attach was lost, or came while Layerwatch was blind. A harmless call later would make its layers known and a
 * re-sent list look unchanged. It fails: the response of the harmless call proves a change that nobody saw.
 */
const base = layerVersion('base', 4);
const foreign = layerVersion('boto-utils', 3, '999988887777');
const at = (minute: number) => ({ eventTime: `2026-10-06T09:${String(minute).padStart(2, '0')}:00Z` });

test('given a call without layers whose response shows a layer that no known call set, then it is notified', async () => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate([base], at(0)));
  await bench.process(givenUpdate(undefined, { ...at(10), ...answering([base, foreign]) }));
  const { change } = bench.topic.published.at(-1)?.document.layerwatch ?? {};
  expect(change).toMatchObject({ kind: 'unseen-change', before: [base], after: [base, foreign] });
  await bench.stop();
});

test('given the lost record after all, then it is notified as well, and the harmless call is harmless', async () => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate([base], at(0)));
  const outcome = await bench.process(givenUpdate(undefined, { ...at(10), ...answering([base, foreign]) }));
  const attach = givenUpdate([base, foreign], at(5));
  await bench.process(attach);
  expect(bench.topic.published.at(-1)?.document.event.id).toBe(attach['eventID']);
  const harmless = await bench.document(outcome.kind === 'alert' ? outcome.alertId : '');
  expect(harmless.layerwatch.change.kind).toBe('no-layers');
  await bench.stop();
});
