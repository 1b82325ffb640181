import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { OutputClosedError } from '../errors';

/**
 * Writes a line and waits while the reader is slow, so that output of any length takes no memory.
 *
 * @throws {OutputClosedError} where the reader is gone; the error of the stream is its cause
 */
export async function writeLine(output: Writable, line: string): Promise<void> {
  if (output.destroyed || output.closed) throw closed(output.errored);
  if (output.write(`${line}\n`)) return;
  try {
    await once(output, 'drain');
  } catch (error) {
    throw closed(error);
  }
}

function closed(cause: unknown): OutputClosedError {
  return new OutputClosedError('the output is closed', { cause });
}

/** Keeps a closed output from ending the process with a stack trace; the next `writeLine` reports it. */
export function ignoreClosedOutput(output: Writable): void {
  output.on('error', () => {});
}
