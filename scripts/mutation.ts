import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { plainTable } from '../cli/output/table';
import { isNamed, type Subject, subjectsOf } from './mutation-subjects';

const root = join(__dirname, '..');

/** Files that decide on changes, histories, alerts and exceptions, and the percentage each of them must reach. */
const heldFiles = ['alert', 'change', 'exceptions', 'fold-alert', 'history'].map(
  (name) => `detection/${name}`,
);
const percentageOfHeldFiles = 95;

/** Rooms whose files must reach a percentage together. */
const percentageOfRoom: ReadonlyMap<string, number> = new Map([['detection', 85]]);

/** Mutants of one file by what became of them. */
interface Score {
  readonly name: string;
  readonly mutants: number;
  readonly killed: number;
}

/**
 * Changes each file in every way that Stryker knows, and counts the changes that its tests notice. Arguments name rooms and files:
 * `history` stands for `history.ts` and each `history-*.ts`; without arguments all files are taken.
 * Exits with 1 where a held file or room falls below its percentage, or where a file could not be measured.
 */
async function mutation(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { concurrency: { type: 'string', default: '2' } },
  });
  const concurrency = Number(values.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    return refuse(`--concurrency must be a whole number from 1, not ${JSON.stringify(values.concurrency)}`);
  }
  const subjects = subjectsOf(root);
  const unknown = positionals.find((each) => !subjects.some((subject) => isNamed(subject, each)));
  if (unknown !== undefined) {
    const known = subjects.map(({ name }) => name).join(', ');
    return refuse(`no file or room has the name ${JSON.stringify(unknown)}: known are ${known}`);
  }
  const chosen = subjects.filter(
    (subject) => positionals.length === 0 || positionals.some((each) => isNamed(subject, each)),
  );
  const scores: Score[] = [];
  for (const subject of chosen) scores.push(...(await scoreOf(subject, concurrency)));
  report(chosen, scores);
}

function refuse(reason: string): void {
  console.error(reason);
  process.exitCode = 2;
}

/** The score of a file; none where it has no test, nothing to change, or a test that fails without any change. */
async function scoreOf(subject: Subject, concurrency: number): Promise<readonly Score[]> {
  if (subject.tests.length === 0) return [];
  try {
    const score = await mutate(subject, concurrency);
    if (score.mutants === 0) return [];
    console.log(`${score.name}: ${score.killed} of ${score.mutants}, ${percentage(score).toFixed(1)} %`);
    return [score];
  } catch (error) {
    console.error(`${subject.name} could not be measured:`, error);
    process.exitCode = 1;
    return [];
  }
}

async function mutate({ name, source, tests }: Subject, concurrency: number): Promise<Score> {
  const { Stryker } = await import('@stryker-mutator/core');
  const results = await new Stryker({
    configFile: join(root, 'stryker.config.json'),
    concurrency,
    mutate: [source],
    jest: {
      configFile: 'jest.mutation.config.js',
      enableFindRelatedTests: false,
      // Jest lists the files below its roots for each mutant: those of the tests alone take half of the time.
      config: {
        testRegex: tests.map((test) => `/${test}$`),
        roots: [...new Set(tests.map((test) => `<rootDir>/${dirname(test)}`))],
      },
    },
  }).runMutationTest();
  const count = (...counted: readonly string[]) =>
    results.filter(({ status }) => counted.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  return { name, mutants: killed + count('Survived', 'NoCoverage'), killed };
}

function report(chosen: readonly Subject[], scores: readonly Score[]): void {
  const rooms = roomsOf(scores);
  const rows = [...scores, ...rooms, sum('total', scores)].map(row);
  console.log(plainTable(['file or room', 'mutants', 'killed', 'score'], rows));
  const untested = chosen.filter(({ tests }) => tests.length === 0).map(({ name }) => name);
  if (untested.length > 0)
    console.log(`Not measured, because no test is named for it: ${untested.join(', ')}.`);
  const held = chosen.filter((each) => heldFiles.some((name) => isNamed(each, name))).map(({ name }) => name);
  for (const score of scores) if (held.includes(score.name)) hold(score, percentageOfHeldFiles);
  for (const room of rooms) hold(room, percentageOfRoom.get(room.name) ?? 0);
}

/** The sum of each room that has a score. */
function roomsOf(scores: readonly Score[]): readonly Score[] {
  const roomOf = ({ name }: Score) => name.split('/')[0] ?? name;
  return [...new Set(scores.map(roomOf))].map((room) =>
    sum(
      room,
      scores.filter((score) => roomOf(score) === room),
    ),
  );
}

function hold(score: Score, minimum: number): void {
  if (percentage(score) >= minimum) return;
  console.error(`${score.name} is below ${minimum} %`);
  process.exitCode = 1;
}

function row(score: Score): (string | number)[] {
  return [score.name, score.mutants, score.killed, `${percentage(score).toFixed(1)} %`];
}

function percentage({ mutants, killed }: Score): number {
  return (100 * killed) / Math.max(1, mutants);
}

function sum(name: string, scores: readonly Score[]): Score {
  const total = (countOf: (score: Score) => number) => scores.reduce((all, score) => all + countOf(score), 0);
  return { name, mutants: total(({ mutants }) => mutants), killed: total(({ killed }) => killed) };
}

void mutation();
