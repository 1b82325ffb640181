import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { LayerwatchError } from '../../lambda/errors';

/** Whoever read our output has gone. */
export class OutputClosedError extends LayerwatchError {
  override readonly name = 'OutputClosedError';
  readonly code = 'OutputClosed';
}

/** Writes a line and waits where the reader is slow, so that output of any length takes no memory. */
export async function writeLine(output: Writable, line: string): Promise<void> {
  if (output.destroyed || output.closed) throw new OutputClosedError('the output is closed');
  if (output.write(`${line}\n`)) return;
  try {
    await once(output, 'drain');
  } catch (error) {
    throw new OutputClosedError('the output is closed', { cause: error });
  }
}
