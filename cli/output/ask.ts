import { createInterface } from 'node:readline/promises';
import { CancelledError, UsageError } from '../errors';

/**
 * Asks on the terminal. Every answer but yes is no.
 *
 * @throws {UsageError} where there is no terminal to ask on
 * @throws {CancelledError} after Ctrl-C or Ctrl-D
 */
export async function confirm(
  question: string,
  cancelled = 'cancelled; nothing was changed',
): Promise<boolean> {
  if (!isTerminal())
    throw new UsageError(`there is no terminal to ask "${question}"; pass --yes to answer it`);
  return /^y(es)?$/i.test(await ask(`${question} [y/N] `, cancelled));
}

/** Whether there is a person who can answer. */
export function isTerminal(): boolean {
  return process.stdin.isTTY === true;
}

/**
 * Asks for a line on the terminal, and answers without the blanks around it.
 *
 * @param cancelled what the error says after Ctrl-C
 * @throws {CancelledError} after Ctrl-C or Ctrl-D
 */
export async function ask(question: string, cancelled: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Both keys close the terminal. Node.js 20 leaves the question unanswered then, and the process would end without a word.
  const closed = new AbortController();
  terminal.once('close', () => closed.abort());
  try {
    return (await terminal.question(question, { signal: closed.signal })).trim();
  } catch (error) {
    throw new CancelledError(cancelled, { cause: error });
  } finally {
    terminal.close();
  }
}
