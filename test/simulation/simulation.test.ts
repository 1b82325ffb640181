import type { Evidence } from './evidence';
import { invariants } from './invariants/all';
import type { RequestEntry } from './machine/journal';
import { runSeed } from './run-seed';

const minSeeds = 60;

/** Time for more seeds than that, where the machine is fast. */
const milliseconds = 60_000;

/** No machine is so slow. */
const patienceMilliseconds = 30 * milliseconds;

/** One line for each request: who, what, and what came of it. */
function stepsOf(requests: readonly RequestEntry[]): readonly string[] {
  return requests.map(({ time, name, operation, fault, status }) =>
    [time, name, operation, fault, status].join(' '),
  );
}

async function runSeeds(): Promise<readonly Evidence[]> {
  const started = performance.now();
  const done: Evidence[] = [];
  while (done.length < minSeeds || performance.now() - started < milliseconds)
    done.push(await runSeed(done.length + 1));
  return done;
}

describe('the simulation', () => {
  test(
    'given one seed twice, then each step is the same',
    async () => {
      const [first, second] = [await runSeed(8), await runSeed(8)];
      expect(stepsOf(second.journal.requests)).toEqual(stepsOf(first.journal.requests));
    },
    patienceMilliseconds,
  );

  test(
    'given another seed, then the steps are others',
    async () => {
      const [first, second] = [await runSeed(8), await runSeed(9)];
      expect(stepsOf(second.journal.requests)).not.toEqual(stepsOf(first.journal.requests));
    },
    patienceMilliseconds,
  );
});

describe('given calls in any order, twice, at once and with faults', () => {
  let evidence: readonly Evidence[] = [];

  beforeAll(async () => {
    evidence = await runSeeds();
  }, patienceMilliseconds);

  test.each(invariants.map((invariant) => [invariant.name, invariant]))('then %s', (_, { check }) => {
    const broken = evidence.flatMap((each) =>
      check(each).map((message) => `seed ${each.scenario.seed}: ${message}`),
    );
    expect(broken).toEqual([]);
  });
});
