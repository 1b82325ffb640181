import fc from 'fast-check';
import { answering, givenCreate, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const [base, util, next] = [layerVersion('base', 4), layerVersion('util', 2), layerVersion('base', 5)];

const start = Date.parse('2026-10-06T00:00:00Z');
const minute = (number: number) => ({ eventTime: new Date(start + number * 60_000).toISOString() });

describe('no attack is missed, whatever the order of delivery', () => {
  const steps = fc.array(
    fc.record({
      layers: fc.option(fc.subarray([base, util]), { nil: undefined }),
      attack: fc.boolean(),
    }),
    { minLength: 2, maxLength: 6 },
  );

  test('given calls in any order and with duplicates, then each layer of an unknown account is notified', async () => {
    const bench = await PipelineHarness.start({ notificationBudget: { count: 100_000, minutes: 10 } });
    let run = 0;
    try {
      await fc.assert(
        fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (given, numbers) => {
          const name = `function-${++run}`;
          let present: readonly string[] = [];
          const records = given.map(({ layers, attack }, index) => {
            const foreign = layerVersion(`evil-${run}-${index}`, 1, '999988887777');
            present = attack ? [...present, foreign] : (layers ?? present);
            const isResize = !attack && layers === undefined;
            const fields = { ...minute(index + 1), ...answering(present, name) };
            return givenUpdate(isResize ? undefined : present, fields, name);
          });
          const attacks = given.flatMap(({ attack }, index) => (attack ? [`evil-${run}-${index}`] : []));
          const delivered = shuffled([...records, ...records], numbers);
          for (const record of delivered) await bench.processWithRetries(record);
          const notified = JSON.stringify(
            bench.topic.published
              .filter(({ document }) => document.layerwatch.target.name === name)
              .map(({ document }) => document.layerwatch.change.layers),
          );
          for (const attack of attacks) expect(notified).toContain(attack);
        }),
        { numRuns: 60 },
      );
    } finally {
      await bench.stop();
    }
  });

  test('given calls in order, twice each, then nothing that repeats, reorders or drops layers is notified', async () => {
    const bench = await PipelineHarness.start({ notificationBudget: { count: 100_000, minutes: 10 } });
    let run = 0;
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.shuffledSubarray([base, util, next]), { maxLength: 5 }),
          async (lists) => {
            const name = `benign-${++run}`;
            await bench.process(givenCreate([base, util, layerVersion('third', 1)], minute(0), name));
            let present: readonly string[] = [base, util, layerVersion('third', 1)];
            for (const [index, list] of lists.entries()) {
              const after = list.filter((arn) => present.includes(arn));
              const record = givenUpdate(after, minute(index + 1), name);
              await bench.process(record);
              await bench.process(record);
              present = after;
            }
            const notified = bench.topic.published.filter(
              ({ document }) => document.layerwatch.target.name === name,
            );
            expect(notified).toEqual([]);
          },
        ),
        { numRuns: 60 },
      );
    } finally {
      await bench.stop();
    }
  });
});

function shuffled<T>(items: readonly T[], numbers: Iterable<number>): readonly T[] {
  const draw = numbers[Symbol.iterator]();
  const keyed = items.map((item) => [draw.next().value as number, item] as const);
  return keyed.sort(([a], [b]) => a - b).map(([, item]) => item);
}
