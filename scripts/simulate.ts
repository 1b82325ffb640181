import { parseArgs } from 'node:util';
import { type Violation, violationsOf } from '../test/simulation/invariants/all';
import { formatEvidence, formatViolations } from '../test/simulation/report';
import { runSeed } from '../test/simulation/run-seed';
import { shrink } from '../test/simulation/shrink';
import { formatCounts } from '../test/simulation/summary';

const usage = `npm run simulate -- --seeds N [--from S]           runs N seeds and counts what each invariant found
npm run simulate -- --seed S [--verbose]           runs one seed; --verbose prints every step of it
npm run simulate -- --shrink S [--invariant NAME]  leaves out of a failing seed what it does not need`;

async function simulate(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      shrink: { type: 'string' },
      invariant: { type: 'string' },
    },
  });
  if (values.shrink !== undefined) return shrinkSeed(Number(values.shrink), values.invariant);
  if (values.seed !== undefined) return runOne(Number(values.seed), values.verbose);
  if (values.seeds === undefined) throw new Error(`nothing to run\n${usage}`);
  return runMany(Number(values.from), Number(values.seeds));
}

async function runOne(seed: number, verbose: boolean): Promise<void> {
  const evidence = await runSeed(seed);
  const violations = violationsOf(evidence);
  console.log(verbose ? formatEvidence(evidence, violations) : formatViolations(violations).join('\n'));
  if (violations.length > 0) process.exitCode = 1;
}

async function runMany(from: number, count: number): Promise<void> {
  const started = performance.now();
  const found = new Map<number, readonly Violation[]>();
  for (let seed = from; seed < from + count; seed++) {
    const violations = violationsOf(await runSeed(seed));
    if (violations.length > 0) found.set(seed, violations);
  }
  const seconds = (performance.now() - started) / 1_000;
  console.log(formatCounts(found, count, seconds));
  if (found.size > 0) process.exitCode = 1;
}

async function shrinkSeed(seed: number, invariant: string | undefined): Promise<void> {
  const result = await shrink(seed, invariant, (text) => console.error(text));
  if (result === undefined) {
    console.log(`seed ${seed} does not break ${invariant ?? 'any invariant'}`);
    return;
  }
  const evidence = await runSeed(seed, result.restriction);
  console.log(formatEvidence(evidence, violationsOf(evidence)));
  process.exitCode = 1;
}

void simulate();
