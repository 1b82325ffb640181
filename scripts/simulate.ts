import { parseArgs } from 'node:util';
import { errorMessage } from '../lambda/text/format';
import { violationsOf } from '../test/simulation/invariants/all';
import { formatEvidence, formatViolations } from '../test/simulation/report';
import { runSeed } from '../test/simulation/run-seed';
import { shrink } from '../test/simulation/shrink';
import { formatCounts } from '../test/simulation/summary';
import { answerSeeds, runInProcesses } from './simulate/processes';

const usage = `npm run simulate -- --seeds N [--from S] [--processes P]   counts which invariants N seeds break
npm run simulate -- --seed S [--verbose]                   runs one seed; --verbose prints each step of it
npm run simulate -- --shrink S [--invariant NAME]          leaves out of a failing seed what it does not need`;

async function simulate(): Promise<void> {
  if (process.send !== undefined) return answerSeeds();
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      processes: { type: 'string', default: '1' },
      seed: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      shrink: { type: 'string' },
      invariant: { type: 'string' },
    },
  });
  if (values.shrink !== undefined) return shrinkSeed(numberOf(values.shrink), values.invariant);
  if (values.seed !== undefined) return runOne(numberOf(values.seed), values.verbose);
  if (values.seeds === undefined) throw new Error(`nothing to run\n${usage}`);
  return runMany(numberOf(values.from), numberOf(values.seeds), numberOf(values.processes));
}

function numberOf(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${text} is no whole number\n${usage}`);
  return Number(text);
}

async function runOne(seed: number, verbose: boolean): Promise<void> {
  const evidence = await runSeed(seed);
  const violations = violationsOf(evidence);
  console.log(verbose ? formatEvidence(evidence, violations) : formatViolations(violations).join('\n'));
  if (violations.length > 0) process.exitCode = 1;
}

async function runMany(from: number, count: number, processes: number): Promise<void> {
  const started = performance.now();
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  const broken = await runInProcesses(seeds, processes);
  console.log(formatCounts(broken, count, (performance.now() - started) / 1_000));
  const [first] = broken.keys();
  if (first === undefined) return;
  console.log(`each step of the first: npm run simulate -- --seed ${first} --verbose`);
  process.exitCode = 1;
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

void simulate().catch((error: unknown) => {
  console.error(errorMessage(error));
  process.exitCode = 2;
});
