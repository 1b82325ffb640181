import type { FindingDocument } from '../../lambda/detection/finding-document';
import type { FindingExporter } from '../../lambda/ports';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');

function exporterThat(fails: boolean) {
  const taken: (readonly [string, number])[] = [];
  const exporter: FindingExporter = {
    name: 'other',
    export: async (document: FindingDocument, activity) => {
      if (fails) throw new Error('the other product is away');
      taken.push([activity, document.layerwatch.occurrences]);
    },
  };
  return { exporter, taken };
}

test('given a new alert, a repeat of its call and the same record again, then it is created, updated and left alone', async () => {
  const bench = await PipelineHarness.start();
  const { exporter, taken } = exporterThat(false);
  const [first, second] = [givenUpdate([foreign]), givenUpdate([foreign])];
  for (const record of [first, second, second]) await bench.processWith({ exporters: [exporter] }, record);
  expect(taken).toEqual([
    ['create', 1],
    ['update', 2],
  ]);
  await bench.stop();
});

test('given a product that is away, then the alert is stored and told all the same, and the failure is counted', async () => {
  const bench = await PipelineHarness.start();
  const counts: string[] = [];
  const observer = { ...bench.ports.observer, count: (name: string) => void counts.push(name) };
  const outcome = await bench.processWith(
    { exporters: [exporterThat(true).exporter], observer },
    givenUpdate([foreign]),
  );
  expect(outcome).toMatchObject({ kind: 'alert', notification: 'sent' });
  expect(bench.topic.published).toHaveLength(1);
  expect(counts).toContain('FindingsNotExported');
  await bench.stop();
});

test('given a call that is only recorded, then it is no finding for others', async () => {
  const bench = await PipelineHarness.start();
  const { exporter, taken } = exporterThat(false);
  await bench.processWith({ exporters: [exporter] }, givenUpdate(undefined));
  expect(taken).toEqual([]);
  await bench.stop();
});
