import { spawn } from 'node:child_process';

export interface CommandResult {
  /** `undefined` where the command is not on the PATH. */
  readonly exitCode: number | undefined;
  /** Standard output and errors, as they came. */
  readonly output: string;
}

/** Runs a command to its end; without a standard input. */
export function runCommand(
  command: string,
  words: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const append = (chunk: unknown): void => {
      output += String(chunk);
    };
    child.stdout.on('data', append);
    child.stderr.on('data', append);
    child.once('error', (error) => resolve({ exitCode: undefined, output: error.message }));
    child.once('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, output }));
  });
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
