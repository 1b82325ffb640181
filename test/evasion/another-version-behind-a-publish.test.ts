import { answering, givenPublish, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A harmless version is published, or an unreadable call made, and the harmful one minutes later folds into its alert. It fails:
 * each version, and each unreadable call with another answer, has an alert of its own; the same answer is news again where the
 * function had another list in between.
 */
const [own, ownAgain] = [layerVersion('own', 1), layerVersion('own', 2)];
const at = (minute: number) => ({ eventTime: `2026-10-06T09:${String(minute).padStart(2, '0')}:00Z` });
const omitted = { requestParameters: { omitted: true } };

test.each([
  ['two versions of a layer', [givenPublish('util', 5, at(0)), givenPublish('util', 6, at(9))]],
  [
    'two unreadable calls with other answers',
    [
      givenUpdate(undefined, { ...at(0), ...omitted, ...answering([own]) }),
      givenUpdate(undefined, { ...at(9), ...omitted, ...answering([own, ownAgain]) }),
    ],
  ],
  [
    'two unreadable calls without an answer',
    [
      givenUpdate(undefined, {
        ...at(0),
        requestParameters: { functionName: 'f', layers: 5 },
        responseElements: null,
      }),
      givenUpdate(undefined, {
        ...at(9),
        requestParameters: { functionName: 'f', layers: {} },
        responseElements: null,
      }),
    ],
  ],
])('given %s, then both are notified', async (_, records) => {
  const bench = await PipelineHarness.start();
  for (const record of records) await bench.process(record);
  expect(new Set(bench.topic.published.map(({ alertId }) => alertId)).size).toBe(2);
  await bench.stop();
});

test('given the same unreadable call twice, then it is notified once', async () => {
  const bench = await PipelineHarness.start();
  for (const minute of [0, 9])
    await bench.process(givenUpdate(undefined, { ...at(minute), ...omitted, ...answering([own]) }));
  expect(bench.topic.published).toHaveLength(1);
  await bench.stop();
});

test('given the same unreadable call again after its layer was taken off, then both are notified', async () => {
  const bench = await PipelineHarness.start();
  const unreadable = (minute: number) =>
    givenUpdate(undefined, { ...at(minute), ...omitted, ...answering([own]) });
  await bench.process(unreadable(0));
  await bench.process(givenUpdate([], at(5)));
  await bench.process(unreadable(9));
  expect(bench.topic.published.map(({ document }) => document.layerwatch.change.kind)).toEqual([
    'unreadable',
    'unreadable',
  ]);
  await bench.stop();
});
