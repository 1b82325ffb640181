import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** A text to read, wherever it is kept. */
export interface LogSource {
  readonly name: string;
  /** As stored; 0 where that is not known before. */
  readonly bytes: number;
  /** From its beginning; with `length` only so many bytes of it. */
  readonly open: (length?: number) => Readable;
  /** Whether it can be opened again. */
  readonly canReopen: boolean;
  /** Whether a look ahead at the whole of it pays. */
  readonly canLookAhead: boolean;
}

/** Large enough that handing over costs little beside decompressing, small enough that several fit into the cache. */
export const chunkBytes = 262_144;

export function fileSource(file: string, bytes: number): LogSource {
  return {
    name: file,
    bytes,
    open: (length) =>
      createReadStream(file, {
        highWaterMark: chunkBytes,
        ...(length === undefined ? {} : { end: length - 1 }),
      }),
    canReopen: true,
    canLookAhead: true,
  };
}

export function stdinSource(stdin: Readable): LogSource {
  return { name: 'stdin', bytes: 0, open: () => stdin, canReopen: false, canLookAhead: false };
}
