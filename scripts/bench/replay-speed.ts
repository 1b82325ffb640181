import { execFileSync, spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogSet, makeLogs } from './make-logs';
import { median } from './median';

const runs = 3;

const projectFolder = join(__dirname, '..', '..');

/** Compiled like what is published, because a checkout compiles itself at each start; inside, so that packages are found. */
const compiledFolder = join(projectFolder, 'node_modules', '.cache', 'layerwatch-bench');

const sets: readonly LogSet[] = [
  { name: '1 % Lambda traffic', shape: 'compact', files: 900, recordsPerLambdaCall: 100 },
  { name: 'no Lambda traffic', shape: 'compact', files: 900, recordsPerLambdaCall: 0 },
  { name: 'spaced (json.dump)', shape: 'spaced', files: 600, recordsPerLambdaCall: 100 },
  { name: 'indented (jq)', shape: 'indented', files: 600, recordsPerLambdaCall: 100 },
  { name: 'NDJSON', shape: 'ndjson', files: 600, recordsPerLambdaCall: 100 },
  { name: 'LookupEvents', shape: 'lookup-events', files: 600, recordsPerLambdaCall: 100 },
  { name: 'EventBridge events', shape: 'envelopes', files: 600, recordsPerLambdaCall: 100 },
];

/** A ratio of times and what it may be. */
interface Limit {
  readonly name: string;
  readonly of: (turn: Turn) => number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const compactLimits: readonly Limit[] = [
  { name: 'zcat / replay', of: (turn) => turn.zcat / turn.replay, atLeast: 2 },
  { name: 'zcat | jq / replay', of: (turn) => turn.jq / turn.replay, atLeast: 10 },
  { name: 'replay / bare 2 threads', of: (turn) => turn.replay / turn.bareTwo, atMost: 1.5 },
];

const otherLimits: readonly Limit[] = [
  { name: 'zcat / replay', of: (turn) => turn.zcat / turn.replay, atLeast: 1 },
];

const maxMegabytes = 250;

/** Names of each file of the first set; together some 10 GB of text. */
const linksOfEachFile = 20;

/** Milliseconds of each program over the same files, one after the other. */
interface Turn {
  readonly zcat: number;
  readonly jq: number;
  readonly bareOne: number;
  readonly bareTwo: number;
  readonly replay: number;
  readonly megabytes: number;
}

const zcat = 'zcat "$0"/*.json.gz > /dev/null';

/** What a person would type to find the same records. */
const zcatAndJq = `zcat "$0"/*.json.gz | jq -c '.Records[] | select(.eventSource == "lambda.amazonaws.com"
  and (.eventName | startswith("PublishLayerVersion") or startswith("UpdateFunctionConfiguration")))' > /dev/null`;

/** Compares a replay of logs of every shape with other programs, in turns; prints the medians, and answers whether all limits held. */
export function benchReplay(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'layerwatch-bench-'));
  try {
    compile();
    const held = sets.map((set) => benchSet(join(folder, set.shape + set.recordsPerLambdaCall), set));
    return [...held, benchMemory(folder)].every(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(compiledFolder, { recursive: true, force: true });
  }
}

function compile(): void {
  const args = ['tsc', '-p', 'tsconfig.build.json', '--outDir', compiledFolder];
  execFileSync('npx', args, { cwd: projectFolder, stdio: 'inherit' });
}

function benchSet(folder: string, set: LogSet): boolean {
  const { records, textBytes } = makeLogs(folder, set);
  const isCompact = set.shape === 'compact';
  const turns = Array.from({ length: runs }, () => turn(folder, isCompact));
  console.log(
    `\n${set.name}: ${records} records, ${Math.round(textBytes / 1e6)} MB in ${set.files} gzip files; medians of ${runs} turns`,
  );
  console.log(formatTimes(turns));
  return (isCompact ? compactLimits : otherLimits).map((limit) => check(limit, turns)).every(Boolean);
}

const columns = [
  ['zcat', 'zcat'],
  ['jq', 'zcat | jq'],
  ['bareOne', 'bare, 1 thread'],
  ['bareTwo', 'bare, 2 threads'],
  ['replay', 'replay'],
] as const;

function formatTimes(turns: readonly Turn[]): string {
  const times = columns.map(([column, name]) => [name, median(turns.map((each) => each[column]))] as const);
  return times
    .filter(([, milliseconds]) => !Number.isNaN(milliseconds))
    .map(([name, milliseconds]) => `${name} ${(milliseconds / 1_000).toFixed(2)} s`)
    .join('; ');
}

function check({ name, of, atLeast, atMost }: Limit, turns: readonly Turn[]): boolean {
  const ratio = median(turns.map(of));
  if (Number.isNaN(ratio)) {
    console.log(`${name}: not measured, because jq is not installed`);
    return true;
  }
  const isHeld = ratio >= (atLeast ?? 0) && ratio <= (atMost ?? Number.POSITIVE_INFINITY);
  const limit = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  console.log(`${isHeld ? 'ok    ' : 'MISSED'} ${name}: ${ratio.toFixed(2)} (${limit})`);
  return isHeld;
}

function turn(folder: string, isCompact: boolean): Turn {
  const replay = timeReplay(folder);
  const bare = (threads: string) =>
    isCompact
      ? timed(process.execPath, [join(__dirname, 'bare-reader.cjs'), folder, threads]).milliseconds
      : Number.NaN;
  return {
    ...replay,
    zcat: timed('sh', ['-c', zcat, folder]).milliseconds,
    jq: isCompact && hasJq() ? timed('sh', ['-c', zcatAndJq, folder]).milliseconds : Number.NaN,
    bareOne: bare('1'),
    bareTwo: bare('2'),
  };
}

function timeReplay(folder: string): Pick<Turn, 'replay' | 'megabytes'> {
  const peakMemory = join(__dirname, 'print-peak-memory.cjs');
  const command = join(compiledFolder, 'bin', 'layerwatch.js');
  const ran = timed(process.execPath, ['--require', peakMemory, command, 'replay', '--json', folder]);
  const megabytes = Math.round(Number(/peak kilobytes: (\d+)/.exec(ran.stderr)?.[1]) / 1_000);
  return { replay: ran.milliseconds, megabytes };
}

/** Some 10 GB: the files of the first set under many names. */
function benchMemory(folder: string): boolean {
  const first = join(folder, 'compact100');
  const many = join(folder, 'many');
  mkdirSync(many);
  for (const name of readdirSync(first))
    for (let copy = 0; copy < linksOfEachFile; copy++)
      linkSync(join(first, name), join(many, `${copy}-${name}`));
  const [once, often] = [timeReplay(first), timeReplay(many)];
  const isHeld = often.megabytes <= maxMegabytes;
  console.log(
    `\n${isHeld ? 'ok    ' : 'MISSED'} memory: ${once.megabytes} MB at most for the first set, ${often.megabytes} MB for ${linksOfEachFile} times as much (at most ${maxMegabytes})`,
  );
  return isHeld;
}

function hasJq(): boolean {
  return spawnSync('jq', ['--version']).status === 0;
}

function timed(
  command: string,
  args: readonly string[],
): { readonly milliseconds: number; readonly stderr: string } {
  const startedAt = performance.now();
  const ran = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    cwd: tmpdir(),
  });
  if (ran.status !== 0) throw new Error(`${command} failed: ${ran.stderr}`, { cause: ran.error });
  return { milliseconds: performance.now() - startedAt, stderr: ran.stderr };
}
