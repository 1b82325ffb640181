import { createInterface } from 'node:readline/promises';
import { CancelledError, UsageError } from '../errors';

/**
 * Asks on the terminal. Every answer but yes is no.
 *
 * @throws {UsageError} where there is no terminal to ask on
 * @throws {CancelledError} after Ctrl-C or Ctrl-D
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError(`there is no terminal to ask "${question}"; pass --yes to answer it`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Both keys close the terminal. Node.js 20 leaves the question unanswered then, and the process would end without a word.
  const closed = new AbortController();
  terminal.once('close', () => closed.abort());
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: closed.signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    throw new CancelledError('cancelled; nothing was changed', { cause: error });
  } finally {
    terminal.close();
  }
}
