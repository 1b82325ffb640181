import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { violationsOf } from '../../test/simulation/invariants/all';
import { runSeed } from '../../test/simulation/run-seed';

/** Names of the invariants that a seed broke. */
interface Answer {
  readonly seed: number;
  readonly broken: readonly string[];
}

/** Runs the seeds in so many processes of this script. Answers with the invariants that were broken, by seed. */
export async function runInProcesses(
  seeds: readonly number[],
  processes: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const left = [...seeds];
  const answers: Answer[] = [];
  const workers = Array.from({ length: Math.max(1, Math.min(processes, seeds.length)) }, () =>
    fork(join(__dirname, '..', 'simulate.ts')),
  );
  await Promise.all(workers.map((worker) => feed(worker, left, answers)));
  const broken = answers.filter((answer) => answer.broken.length > 0).sort((a, b) => a.seed - b.seed);
  return new Map(broken.map((answer) => [answer.seed, answer.broken]));
}

function feed(worker: ChildProcess, left: number[], answers: Answer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      const seed = left.shift();
      if (seed === undefined) worker.disconnect();
      else worker.send(seed);
    };
    worker.on('message', (answer: Answer) => {
      answers.push(answer);
      if (answers.length % 100 === 0) console.error(`${answers.length} seeds`);
      next();
    });
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a process ended with ${code}`))));
    next();
  });
}

/** The other end: a process that runs the seeds it is sent, one after another. */
export function answerSeeds(): Promise<void> {
  process.on('message', (seed: number) => {
    void answerSeed(seed).then((answer) => process.send?.(answer));
  });
  return new Promise((resolve) => process.on('disconnect', resolve));
}

/** A seed that cannot be run to its end breaks a law too. */
async function answerSeed(seed: number): Promise<Answer> {
  try {
    const violations = violationsOf(await runSeed(seed));
    return { seed, broken: violations.map(({ invariant }) => invariant.name) };
  } catch (error) {
    console.error(`seed ${seed}: ${String(error)}`);
    return { seed, broken: ['the seed ends'] };
  }
}
