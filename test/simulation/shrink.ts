import { violationsOf } from './invariants/all';
import { runSeed } from './run-seed';
import { type Restriction, type Scenario, scenarioOf } from './scenario';

/** What makes a scenario plainer, tried one after another. */
const plainer: readonly Partial<Scenario>[] = [
  { faultProbability: 0, topicOutage: undefined },
  { topicOutage: undefined },
  { listing: 'never' },
  { duplicateProbability: 0 },
  { lossProbability: 0 },
  { undeliverableProbability: 0 },
  { exportFailureProbability: 0 },
  { maxSkewMilliseconds: 0 },
  { budgetCount: 100 },
  { latency: 'even' },
  { delivery: 'prompt' },
  { delivery: 'by-file' },
  { remembers: false },
];

/**
 * Leaves parts of a failing seed out as long as it still breaks the same invariant. Answers with what is to be left out, or
 * `undefined` where the seed does not break it.
 */
export async function shrink(
  seed: number,
  invariant: string | undefined,
  onProgress: (text: string) => void,
): Promise<{ readonly restriction: Restriction; readonly invariant: string } | undefined> {
  const first = violationsOf(await runSeed(seed)).map((violation) => violation.invariant.name);
  const wanted = invariant ?? first[0];
  if (wanted === undefined || !first.includes(wanted)) return undefined;
  const fails = async (restriction: Restriction) => {
    const found = violationsOf(await runSeed(seed, restriction));
    return found.some((violation) => violation.invariant.name === wanted);
  };
  let restriction: Restriction = {};
  for (let pass = 1; pass <= 2; pass++) {
    restriction = await withPlainerScenario(restriction, fails);
    onProgress(`pass ${pass}: scenario ${Object.keys(restriction.changes ?? {}).join(' ')}`);
    restriction = await withFewerCalls(seed, restriction, fails);
    onProgress(`pass ${pass}: without calls ${[...(restriction.omittedCalls ?? [])].join(' ')}`);
    restriction = await withFewerFaults(seed, restriction, fails);
    onProgress(`pass ${pass}: without ${restriction.omittedFaults?.size ?? 0} faults`);
  }
  return { restriction, invariant: wanted };
}

type Fails = (restriction: Restriction) => Promise<boolean>;

async function withPlainerScenario(from: Restriction, fails: Fails): Promise<Restriction> {
  let restriction = from;
  for (const change of plainer) {
    const candidate = { ...restriction, changes: { ...restriction.changes, ...change } };
    if (await fails(candidate)) restriction = candidate;
  }
  return restriction;
}

/** Halves first, then ever smaller parts. */
async function withFewerCalls(seed: number, from: Restriction, fails: Fails): Promise<Restriction> {
  const ids = scenarioOf(seed, from).calls.map(({ id }) => id);
  const omitted = await largestOmission(ids, (calls) =>
    fails({ ...from, omittedCalls: new Set([...(from.omittedCalls ?? []), ...calls]) }),
  );
  return { ...from, omittedCalls: new Set([...(from.omittedCalls ?? []), ...omitted]) };
}

async function withFewerFaults(seed: number, from: Restriction, fails: Fails): Promise<Restriction> {
  const { journal } = await runSeed(seed, from);
  const names = journal.requests.filter(({ fault }) => fault !== undefined).map(({ name }) => name);
  const omitted = await largestOmission(names, (faults) =>
    fails({ ...from, omittedFaults: new Set([...(from.omittedFaults ?? []), ...faults]) }),
  );
  return { ...from, omittedFaults: new Set([...(from.omittedFaults ?? []), ...omitted]) };
}

async function largestOmission<T>(
  all: readonly T[],
  fails: (omitted: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let omitted: readonly T[] = [];
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const left = all.filter((each) => !omitted.includes(each));
    for (let first = 0; first < left.length; first += size) {
      const candidate = [...omitted, ...left.slice(first, first + size)];
      if (await fails(candidate)) omitted = candidate;
    }
  }
  return omitted;
}
