import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

/** A text to read, wherever it is kept. */
export interface LogSource {
  readonly name: string;
  /** As stored; 0 where that is not known before. */
  readonly bytes: number;
  /** From an offset to another one, exclusive; without them all of it. */
  readonly open: (from?: number, to?: number) => Readable;
  /** Whether it can be opened again. */
  readonly canReopen: boolean;
  /** Path of a regular file of this machine, which may be read at once or by another thread. */
  readonly file?: string;
  /** All of it, where it is in memory already. */
  readonly content?: Buffer;
}

/** Large enough that handing over costs little beside decompressing, small enough that several fit into the cache. */
export const chunkBytes = 262_144;

export function fileSource(file: string, bytes: number): LogSource {
  return { name: file, bytes, open: opener(file), canReopen: true, file };
}

/** A text that is in memory. */
export function heldSource(name: string, content: Buffer): LogSource {
  return {
    name,
    bytes: content.length,
    open: (from, to) => Readable.from([content.subarray(from, to)], { objectMode: false }),
    canReopen: true,
    content,
  };
}

/** A FIFO or a device that was named by its user: it can be read once, from its beginning. */
export function pipeSource(file: string): LogSource {
  return { name: file, bytes: 0, open: opener(file), canReopen: false };
}

export function stdinSource(stdin: Readable): LogSource {
  return { name: 'stdin', bytes: 0, open: () => stdin, canReopen: false };
}

function opener(file: string): LogSource['open'] {
  return (from = 0, to) =>
    createReadStream(file, {
      highWaterMark: chunkBytes,
      ...(from === 0 ? {} : { start: from }),
      ...(to === undefined ? {} : { end: to - 1 }),
    });
}
