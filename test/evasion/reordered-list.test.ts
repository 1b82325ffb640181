import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A call that changes the places of five layers may hide that one of them is another.
 * It fails: layers are compared by name and version whatever their place, and the same layers in any order are one alert.
 */
const names = ['a', 'b', 'c', 'd', 'e'];
const own = names.map((name) => layerVersion(name, 1));
const at = (hour: string) => ({ eventTime: `2026-10-06T${hour}:00:00Z` });

test.each([
  [
    'one of another account among them',
    [...own.slice(1).reverse(), layerVersion('a', 1, '999988887777')],
    'added',
  ],
  ['another version of one', [...own.slice(1).reverse(), layerVersion('a', 2)], 'version-changed'],
  ['the same ones', [...own].reverse(), 'reordered'],
])('given %s, then the change is %s', async (_, layers, kind) => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate(own, at('09')));
  const outcome = await bench.process(givenUpdate(layers, at('10')));
  expect(outcome).toMatchObject({ finding: { layerwatch: { change: { kind } } } });
  expect(bench.topic.published).toHaveLength(kind === 'reordered' ? 1 : 2);
  await bench.stop();
});

test('given a layer that was there and a second version of it behind, then it is no mere repeat', async () => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate(own, at('09')));
  const outcome = await bench.process(givenUpdate([...own, layerVersion('a', 9)], at('10')));
  expect(outcome).toMatchObject({
    notification: 'sent',
    finding: { layerwatch: { change: { kind: 'version-changed' } } },
  });
  await bench.stop();
});
