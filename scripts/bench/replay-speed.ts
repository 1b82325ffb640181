import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compiledCommand } from './compiled';
import { check, type Limit } from './limit';
import { type LogSet, makeLogs } from './make-logs';
import { median } from './median';
import { runNode } from './node-process';

const runs = 3;

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
interface TimeLimit extends Limit {
  readonly of: (turn: Turn) => number;
}

const compactLimits: readonly TimeLimit[] = [
  { name: 'zcat / replay', of: (turn) => turn.zcat / turn.replay, atLeast: 2 },
  { name: 'zcat | jq / replay', of: (turn) => turn.jq / turn.replay, atLeast: 10 },
  { name: 'replay / bare 2 threads', of: (turn) => turn.replay / turn.bareTwo, atMost: 1.5 },
];

const otherLimits: readonly TimeLimit[] = [
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
export function benchReplay(folder: string): boolean {
  const held = sets.map((set) => benchSet(join(folder, set.shape + set.recordsPerLambdaCall), set));
  return [...held, benchMemory(folder)].every(Boolean);
}

function benchSet(folder: string, set: LogSet): boolean {
  const { records, textBytes } = makeLogs(folder, set);
  const isCompact = set.shape === 'compact';
  const turns = Array.from({ length: runs }, () => turn(folder, isCompact));
  console.log(
    `\n${set.name}: ${records} records, ${Math.round(textBytes / 1e6)} MB in ${set.files} gzip files; medians of ${runs} turns`,
  );
  console.log(formatTimes(turns));
  return (isCompact ? compactLimits : otherLimits)
    .map((limit) => check(limit, median(turns.map(limit.of)), 'not measured, because jq is not installed'))
    .every(Boolean);
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

function turn(folder: string, isCompact: boolean): Turn {
  const replay = timeReplay(folder);
  const bare = (threads: string) =>
    isCompact ? runNode([join(__dirname, 'bare-reader.cjs'), folder, threads]).wallMilliseconds : Number.NaN;
  return {
    ...replay,
    zcat: shellMilliseconds(zcat, folder),
    jq: isCompact && hasJq() ? shellMilliseconds(zcatAndJq, folder) : Number.NaN,
    bareOne: bare('1'),
    bareTwo: bare('2'),
  };
}

function timeReplay(folder: string): Pick<Turn, 'replay' | 'megabytes'> {
  const { wallMilliseconds, megabytes } = runNode([compiledCommand, 'replay', '--json', folder]);
  return { replay: wallMilliseconds, megabytes };
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
  console.log(`\nmemory: ${once.megabytes} MB at most for the first set`);
  const name = `memory for ${linksOfEachFile} times as much`;
  return check({ name, atMost: maxMegabytes, unit: ' MB', digits: 0 }, often.megabytes);
}

function hasJq(): boolean {
  return spawnSync('jq', ['--version']).status === 0;
}

function shellMilliseconds(script: string, folder: string): number {
  const startedAt = performance.now();
  const ran = spawnSync('sh', ['-c', script, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  if (ran.status !== 0) throw new Error(`${script} failed: ${ran.stderr}`, { cause: ran.error });
  return performance.now() - startedAt;
}
