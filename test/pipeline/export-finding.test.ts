import { ExportCallError } from '../../lambda/errors';
import type { FindingExporter } from '../../lambda/ports';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');

function exporterThat(fails: boolean) {
  const taken: (readonly [string, number])[] = [];
  const exporter: FindingExporter = {
    name: 'other',
    maxFindings: 10,
    pauseMilliseconds: 0,
    export: async (findings) => {
      if (fails) throw new ExportCallError('the other product is away', 'unavailable');
      for (const { activity, document } of findings) taken.push([activity, document.layerwatch.occurrences]);
      return findings.map(() => ({ outcome: 'accepted' }));
    },
  };
  return { exporter, taken };
}

const at = (minute: number) => ({ eventTime: `2026-10-06T21:0${minute}:00Z` });

async function exportedOf(...records: readonly unknown[]) {
  const bench = await PipelineHarness.start();
  const { exporter, taken } = exporterThat(false);
  for (const record of records) await bench.processWith({ exporters: [exporter] }, record);
  await bench.stop();
  return taken;
}

test('given a new alert, then it is exported as created', async () => {
  expect(await exportedOf(givenUpdate([foreign]))).toEqual([['create', 1]]);
});

test('given repeats of its call, then they are not exported', async () => {
  const repeat = givenUpdate([foreign], at(2));
  expect(await exportedOf(givenUpdate([foreign], at(1)), repeat, repeat)).toEqual([['create', 1]]);
});

test('given layers that are put on again, then the alert is exported as updated', async () => {
  const calls = [givenUpdate([foreign], at(1)), givenUpdate([], at(2)), givenUpdate([foreign], at(3))];
  expect(await exportedOf(...calls)).toEqual([
    ['create', 1],
    ['update', 2],
  ]);
});

test('given a product that was away, then the next attempt exports the alert as created', async () => {
  const bench = await PipelineHarness.start();
  const record = givenUpdate([foreign]);
  await bench.processWith({ exporters: [exporterThat(true).exporter] }, record);
  const { exporter, taken } = exporterThat(false);
  await bench.processWith({ exporters: [exporter] }, record);
  expect(taken).toEqual([['create', 1]]);
  await bench.stop();
});

test('given a product that is away, then the alert is notified all the same, and the failure is counted', async () => {
  const bench = await PipelineHarness.start();
  const counts: string[] = [];
  const observer = { ...bench.ports.observer, count: (name: string) => void counts.push(name) };
  const outcome = await bench.processWith(
    { exporters: [exporterThat(true).exporter], observer },
    givenUpdate([foreign]),
  );
  expect(outcome).toMatchObject({ kind: 'alert', notification: 'sent' });
  expect(bench.topic.published).toHaveLength(1);
  expect(counts).toContain('ExportsFailed');
  await bench.stop();
});

test('given a call that is only recorded, then it is no finding for others', async () => {
  const bench = await PipelineHarness.start();
  const { exporter, taken } = exporterThat(false);
  await bench.processWith({ exporters: [exporter] }, givenUpdate(undefined));
  expect(taken).toEqual([]);
  await bench.stop();
});
