import { createInterface } from 'node:readline/promises';
import { UsageError } from '../errors';

/**
 * Asks on the terminal; anything but yes is no.
 *
 * @throws {UsageError} where there is no terminal to ask on
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError(
      `there is no terminal to ask "${question}"; pass --yes to go on without being asked`,
    );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
