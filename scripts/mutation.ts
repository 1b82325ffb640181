import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { plainTable } from '../cli/output/table';

const root = join(__dirname, '..');

/** Rooms whose files are mutated, one at a time, against the unit test of the same name. */
const rooms = ['detection'];

/** Files that are held to `thresholds.break` of `stryker.config.json`, as arguments name them. */
const heldFiles = ['alert', 'change', 'exceptions', 'fold-alert', 'history'];

/** A file to mutate, and the only test that has to notice: one test file is loaded in a fifth of a second, a room's in three. */
interface Subject {
  readonly name: string;
  readonly source: string;
  readonly test: string;
}

/** Mutants of one file by what became of them. */
interface Score {
  readonly name: string;
  readonly mutants: number;
  readonly killed: number;
}

/**
 * Changes each file in every way that Stryker knows, and counts the changes that its unit test notices. Arguments name files:
 * `history` stands for `history.ts` and each `history-*.ts`; without arguments the held files are taken.
 * Exits with 1 where a file falls below `thresholds.break` of `stryker.config.json`.
 */
async function mutation(given: readonly string[]): Promise<void> {
  const names = given.length === 0 ? heldFiles : given;
  const subjects = rooms.flatMap(subjectsIn);
  const unknown = names.find((each) => !subjects.some(({ name }) => isNamed(name, each)));
  if (unknown !== undefined) {
    console.error(
      `no unit test has the name ${JSON.stringify(unknown)}: known are ${subjects.map(({ name }) => name).join(', ')}`,
    );
    process.exitCode = 2;
    return;
  }
  const chosen = subjects.filter(({ name }) => names.some((each) => isNamed(name, each)));
  const scores: Score[] = [];
  for (const subject of chosen) scores.push(await mutate(subject));
  printScores([...scores, sum(scores)]);
}

function subjectsIn(room: string): readonly Subject[] {
  return readdirSync(join(root, 'lambda', room))
    .map((file) => {
      const name = basename(file, '.ts');
      return { name, source: `lambda/${room}/${file}`, test: `test/${room}/${name}.test.ts` };
    })
    .filter(({ test }) => existsSync(join(root, test)));
}

function isNamed(name: string, given: string): boolean {
  return name === given || name.startsWith(`${given}-`);
}

async function mutate({ name, source, test }: Subject): Promise<Score> {
  const { Stryker } = await import('@stryker-mutator/core');
  const results = await new Stryker({
    configFile: join(root, 'stryker.config.json'),
    mutate: [source],
    jest: {
      configFile: 'jest.mutation.config.js',
      enableFindRelatedTests: false,
      config: { testRegex: [`/${test}$`] },
    },
  }).runMutationTest();
  const count = (...counted: readonly string[]) =>
    results.filter(({ status }) => counted.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  return { name, mutants: killed + count('Survived', 'NoCoverage'), killed };
}

function sum(scores: readonly Score[]): Score {
  return scores.reduce(
    (a, b) => ({ name: 'total', mutants: a.mutants + b.mutants, killed: a.killed + b.killed }),
    { name: 'total', mutants: 0, killed: 0 },
  );
}

function printScores(scores: readonly Score[]): void {
  const rows = scores.map(({ name, mutants, killed }) => [
    name,
    mutants,
    killed,
    `${((100 * killed) / Math.max(1, mutants)).toFixed(1)} %`,
  ]);
  console.log(plainTable(['file', 'mutants', 'killed', 'score'], rows));
}

void mutation(process.argv.slice(2));
