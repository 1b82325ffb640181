import fc from 'fast-check';
import { documentOf } from '../../lambda/detection/alert';
import { atMinute as at, fiveCalls, permutations } from '../fixtures/five-calls';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { verdictOf } from '../fixtures/verdict';
import { PipelineHarness } from '../harness/pipeline-harness';

const [base, util] = [layerVersion('base', 4), layerVersion('util', 2)];
const foreign = layerVersion('boto-utils', 3, '999988887777');
async function verdicts(bench: PipelineHarness, records: readonly unknown[]): Promise<readonly unknown[]> {
  const ids = new Set<string>();
  for (const record of records) {
    const outcome = await bench.process(record);
    if (outcome.kind === 'alert') ids.add(outcome.alertId);
  }
  const found = await Promise.all([...ids].map(async (id) => bench.ports.alerts.read(id)));
  return found
    .flatMap((alert) => (alert === undefined ? [] : [documentOf(alert)]))
    .map(verdictOf)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Of equal calls with no other list between them, any may be the one that is notified: each run of them is named by its list and start. */
function runsNotified(
  bench: PipelineHarness,
  name: string,
  given: readonly (readonly string[])[],
): readonly number[] {
  const starts = given.map((list, index) => startOfRun(given, list, index));
  const runs = bench.topic.published
    .filter(({ document }) => document.layerwatch.target.name === name)
    .map(({ document }) => starts[new Date(document['@timestamp']).getUTCMinutes()] as number);
  return [...new Set(runs)].sort((a, b) => a - b);
}

function startOfRun(given: readonly (readonly string[])[], list: readonly string[], index: number): number {
  const other = given.slice(0, index).findLastIndex((earlier) => String(earlier) !== String(list));
  return other + 1;
}

describe('law 8, order does not matter', () => {
  let bench: PipelineHarness;
  beforeAll(async () => {
    bench = await PipelineHarness.start({ notificationBudget: { count: 100_000, minutes: 10 } });
  });
  afterAll(() => bench.stop());

  const sourcesOf = (name: string) =>
    bench.topic.published
      .filter(({ document }) => document.layerwatch.target.name === name)
      .map(({ document }) => document.source.address);

  test('given five calls in order, then both attaches are notified, each with its own source', async () => {
    for (const record of fiveCalls('in-order')) await bench.process(record);
    expect(sourcesOf('in-order')).toEqual(['198.51.100.1', '198.51.100.99']);
  });

  test('given the same five calls in all 120 orders, then both attaches are notified in each', async () => {
    const missing: string[] = [];
    for (const [index, order] of permutations([0, 1, 2, 3, 4]).entries()) {
      const name = `order-${index}`;
      const calls = fiveCalls(name);
      for (const call of order) await bench.process(calls[call]);
      const sources = new Set(sourcesOf(name));
      if (!sources.has('198.51.100.1') || !sources.has('198.51.100.99')) missing.push(order.join(''));
    }
    expect(missing).toEqual([]);
  });

  test('given the same five calls in all 120 orders, then the alerts end the same', async () => {
    const name = (index: number) => `same-${String(index).padStart(3, '0')}`;
    const calls = fiveCalls(name(0));
    const renamed = (index: number) =>
      calls.map((call) => JSON.parse(JSON.stringify(call).replaceAll(name(0), name(index))) as unknown);
    const expected = await verdicts(bench, calls);
    for (const [index, order] of permutations([0, 1, 2, 3, 4]).entries()) {
      if (index === 0) continue;
      const delivered = renamed(index);
      const found = await verdicts(
        bench,
        order.map((call) => delivered[call]),
      );
      expect(JSON.parse(JSON.stringify(found).replaceAll(name(index), name(0)))).toEqual(
        JSON.parse(JSON.stringify(expected)),
      );
    }
  });

  test('given the same five calls all at once, then both attaches are notified', async () => {
    await Promise.all(fiveCalls('at-once').map((record) => bench.processWithRetries(record)));
    // A call that was judged before an earlier one came may be notified beside them.
    expect(sourcesOf('at-once')).toEqual(expect.arrayContaining(['198.51.100.1', '198.51.100.99']));
  });

  test('given the same list sent twice within a second, at once, then one of them is notified', async () => {
    for (let run = 0; run < 20; run++) {
      const name = `twice-${run}`;
      await bench.process(givenUpdate([base], at(1), name));
      const before = sourcesOf(name).length;
      const twice = [givenUpdate([base, foreign], at(2), name), givenUpdate([base, foreign], at(2), name)];
      await Promise.all(twice.map((record) => bench.processWithRetries(record)));
      expect(sourcesOf(name)).toHaveLength(before + 1);
    }
  });

  test('given a removal and an attach of one second, then the attach is notified', async () => {
    const name = 'one-second';
    await bench.process(givenUpdate([foreign], at(1), name));
    await bench.process(givenUpdate([], at(2), name));
    await bench.process(givenUpdate([foreign], at(2), name));
    expect(sourcesOf(name)).toHaveLength(2);
  });

  const lists = fc.array(fc.subarray([base, util, foreign]), { minLength: 2, maxLength: 6 });

  test('given random calls in random order, then every attach of the true order is notified and the alerts end the same', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(lists, fc.infiniteStream(fc.nat()), async (given, numbers) => {
        const names = [`true-${++run}`, `rand-${run}`] as const;
        const records = (name: string) => given.map((list, index) => givenUpdate(list, at(index), name));
        const inOrder = records(names[0]);
        const other = inOrder.map(
          (record) => JSON.parse(JSON.stringify(record).replaceAll(names[0], names[1])) as unknown,
        );
        const expected = await verdicts(bench, inOrder);
        const draw = numbers[Symbol.iterator]();
        const shuffled = other
          .map((record) => [draw.next().value as number, record] as const)
          .sort(([a], [b]) => a - b)
          .map(([, record]) => record);
        const found = await verdicts(bench, shuffled);
        expect(JSON.parse(JSON.stringify(found).replaceAll(names[1], names[0]))).toEqual(
          JSON.parse(JSON.stringify(expected)),
        );
        expect(runsNotified(bench, names[1], given)).toEqual(
          expect.arrayContaining([...runsNotified(bench, names[0], given)]),
        );
      }),
      { numRuns: 60 },
    );
  });
});
