import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run of Node.js took. */
export interface NodeRun {
  readonly wallMilliseconds: number;
  /** Of all threads; it depends less on what else the machine does. */
  readonly cpuMilliseconds: number;
  readonly megabytes: number;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Exit codes that are no failure of the run. */
  readonly exitCodes?: readonly number[];
}

const printUsage = join(__dirname, 'print-usage.cjs');

/** Runs Node.js with these arguments, without output. */
export function runNode(
  args: readonly string[],
  { env = process.env, exitCodes = [0] }: RunOptions = {},
): NodeRun {
  const startedAt = performance.now();
  const ran = spawnSync(process.execPath, ['--require', printUsage, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    cwd: tmpdir(),
    env,
    maxBuffer: 1e9,
  });
  if (!exitCodes.includes(ran.status ?? -1))
    throw new Error(`node ${args.join(' ')} failed: ${ran.stderr}`, { cause: ran.error });
  const number = (name: string) => Number(new RegExp(`${name}: (\\d+)`).exec(ran.stderr)?.[1]);
  return {
    wallMilliseconds: performance.now() - startedAt,
    cpuMilliseconds: number('cpu microseconds') / 1_000,
    megabytes: Math.round(number('peak kilobytes') / 1_000),
  };
}
