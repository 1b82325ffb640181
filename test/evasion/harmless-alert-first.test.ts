import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * Repeats fold into an alert for an hour, so a harmless call first may open the window for the one that counts.
 * It fails: what was asked is part of the alert's id, and a record that is news makes an alert notify that only records.
 */
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
const at = (minute: number) => ({ eventTime: `2026-10-06T10:${String(minute).padStart(2, '0')}:00Z` });

test.each([
  ['a change of memory', givenUpdate(undefined, at(0))],
  ['a layer of the own account', givenUpdate([layerVersion('base', 1)], at(0))],
  ['the empty list', givenUpdate([], at(0))],
])('given %s minutes before, then the layer is notified', async (_, harmless) => {
  const bench = await PipelineHarness.start();
  await bench.process(harmless);
  const before = bench.topic.published.length;
  expect(await bench.process(givenUpdate([foreignLayer], at(5)))).toMatchObject({ notification: 'sent' });
  expect(bench.topic.published).toHaveLength(before + 1);
  await bench.stop();
});

test('given the same list as unchanged before, taken off and put back, then the last one is notified', async () => {
  const bench = await PipelineHarness.start();
  const responseElements = {
    functionArn: 'arn:aws:lambda:eu-west-3:123456789012:function:payments',
    layers: [{ arn: foreignLayer }],
  };
  await bench.process(givenUpdate(undefined, { eventTime: '2026-10-06T09:00:00Z', responseElements }));
  await bench.process(givenUpdate([foreignLayer], at(0)));
  await bench.process(givenUpdate([], at(1)));
  expect(bench.topic.published).toHaveLength(0);
  expect(await bench.process(givenUpdate([foreignLayer], at(2)))).toMatchObject({ notification: 'sent' });
  await bench.stop();
});
