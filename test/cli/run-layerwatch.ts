import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { killAfterwards } from '../harness/processes';

export const projectFolder = join(__dirname, '..', '..');

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly folder?: string;
  /** Variables to set, or to remove. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Starts the command line as a user does; its input is for the caller to end. */
export function startLayerwatch(
  args: readonly string[],
  { folder, env }: Omit<RunOptions, 'input'> = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [join(projectFolder, 'bin', 'layerwatch.cjs'), ...args], {
    cwd: folder ?? projectFolder,
    // A test runner on a terminal asks for colours in all processes below it.
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', ...env },
  });
  killAfterwards(child);
  return child;
}

/** Runs the command line to its end. */
export async function runLayerwatch(
  args: readonly string[],
  { input = '', ...options }: RunOptions = {},
): Promise<Ran> {
  const child = startLayerwatch(args, options);
  child.stdin.end(input);
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout: await stdout, stderr: await stderr };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** The last line on stderr, by name. */
export function summaryOf({ stderr }: Ran): Readonly<Record<string, number>> {
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  return Object.fromEntries(
    last.split(' ').map((pair) => [pair.split('=')[0] ?? '', Number(pair.split('=')[1])]),
  );
}

/** One document a line. */
export function documentsOf({ stdout }: Ran): readonly FindingDocument[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FindingDocument);
}
