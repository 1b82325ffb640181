import { violationsOf } from './invariants/all';
import type { RequestEntry } from './machine/journal';
import { formatViolations } from './report';
import { runSeed } from './run-seed';

/** `SIMULATED_SEEDS=60 npx jest test/simulation`; without it the seeds are left out. */
const seeds = Number(process.env['SIMULATED_SEEDS'] ?? 0);

const firstSeed = 1;

/** One line for each request: who, what, and what came of it. */
function stepsOf(requests: readonly RequestEntry[]): readonly string[] {
  return requests.map(({ time, name, operation, fault, status }) =>
    [time, name, operation, fault, status].join(' '),
  );
}

describe('the simulation', () => {
  test('given one seed twice, then each step is the same', async () => {
    const [first, second] = [await runSeed(8), await runSeed(8)];
    expect(stepsOf(second.journal.requests)).toEqual(stepsOf(first.journal.requests));
  });

  test('given a seed with faults, then some requests fail', async () => {
    const { journal } = await runSeed(8);
    expect(journal.requests.filter(({ fault }) => fault !== undefined)).not.toEqual([]);
  });
});

(seeds > 0 ? describe : describe.skip)('given records in any order, twice, at once and with faults', () => {
  test.each(Array.from({ length: seeds }, (_, index) => [firstSeed + index]))(
    'with seed %i, then every law holds',
    async (seed) => {
      expect(formatViolations(violationsOf(await runSeed(seed)))).toEqual([]);
    },
  );
});
