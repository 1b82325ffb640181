import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A record of thousands of layers keeps the detector busy, so that others wait or are lost. It fails: the time grows with the
 * number of layers and no faster, and the next record is handled as ever.
 */
const layers = (count: number) =>
  Array.from({ length: count }, (_, index) => layerVersion(`layer-${index}`, 1, '999988887777'));

const turns = 5;

/** The least of some turns: collections of garbage and what else the machine does only ever add to it. */
async function millisecondsFor(bench: PipelineHarness, count: number): Promise<number> {
  const taken: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const record = givenUpdate(layers(count), {}, `function-${count}-${turn}`);
    const started = process.cpuUsage();
    await bench.process(record);
    taken.push(process.cpuUsage(started).user / 1_000);
  }
  return Math.min(...taken);
}

test('given a record of 12,000 layers, then it takes at most a few times as long as one of 3,000', async () => {
  const bench = await PipelineHarness.start();
  await millisecondsFor(bench, 1_000);
  const [small, large] = [await millisecondsFor(bench, 3_000), await millisecondsFor(bench, 12_000)];
  // Linear is 4 times; quadratic would be 16 times.
  expect(large).toBeLessThan(9 * small + 200);
  await bench.stop();
});

test('given a record of 12,000 layers, then the next record is notified', async () => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate(layers(12_000)));
  const next = givenUpdate([layerVersion('x', 1, '999988887777')], {}, 'orders');
  await bench.process(next);
  expect(bench.topic.published.at(-1)?.document.event.id).toBe(next['eventID']);
  await bench.stop();
});
