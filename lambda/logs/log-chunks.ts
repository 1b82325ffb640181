import { once } from 'node:events';
import type { ReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LayerwatchError } from '../errors';
import { chunkBytes, type LogSource } from './log-source';

/** After damaged data zlib keeps back what it had not handed over; in pieces of this size it keeps back next to nothing. */
const carefulChunkBytes = 64;

/** RFC 1952, section 2.3.1. */
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** Checksum and length (RFC 1952, section 2.3.1); left away, what they contradict is still handed over. */
const trailerBytes = 8;

/** A text in chunks, decompressed where it was compressed. */
export interface LogChunks {
  readonly chunks: AsyncIterable<Buffer>;
  /** Bytes of the file, as stored, that have been read so far. */
  readonly bytesRead: () => number;
}

/** The decompressed text is longer than any log; a file of a few megabytes can expand a thousandfold. */
export class ExpandsTooFarError extends LayerwatchError {
  override readonly name = 'ExpandsTooFarError';
  readonly code = 'ExpandsTooFar';

  constructor(limitBytes: number) {
    super(`the gzip data expands to more than ${limitBytes} bytes; the rest is not read`);
  }
}

/** Opens a text and at once begins to read and decompress as far as its buffers hold. */
export function openLog(source: LogSource, maxExpandedBytes: number): LogChunks {
  const stream = source.open();
  const opened = open(stream);
  // A failure belongs to whoever reads the chunks; until then it must not end the process.
  opened.catch(() => undefined);
  return {
    bytesRead: () => (stream as Partial<ReadStream>).bytesRead ?? 0,
    chunks: chunksOf(source, opened, maxExpandedBytes),
  };
}

async function* chunksOf(
  source: LogSource,
  opened: Promise<Readable>,
  maxExpandedBytes: number,
): AsyncGenerator<Buffer> {
  const stream = await opened;
  const isCompressed = 'bytesWritten' in stream && 'flush' in stream;
  let given = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      given += chunk.length;
      if (isCompressed && given > maxExpandedBytes) throw new ExpandsTooFarError(maxExpandedBytes);
      yield chunk;
    }
  } catch (error) {
    if (source.canReopen && (error as NodeJS.ErrnoException).code === 'Z_DATA_ERROR')
      yield* lastBytes(source, given);
    throw error;
  }
}

/** What lies between the last full chunk and the damage. */
async function* lastBytes(source: LogSource, alreadyGiven: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: carefulChunkBytes });
  pipeline(source.open(Math.max(1, source.bytes - trailerBytes)), gunzip, () => undefined);
  let seen = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      const from = Math.max(0, alreadyGiven - seen);
      seen += chunk.length;
      if (from < chunk.length) yield chunk.subarray(from);
    }
  } catch {
    // The same damage, which the caller knows.
  }
}

async function open(source: Readable): Promise<Readable> {
  const head = await beginning(source);
  source.unshift(head);
  return head.subarray(0, gzipMagic.length).equals(gzipMagic) ? decompressed(source) : source;
}

function decompressed(source: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  // Either one's end is the other's; the failure waits in the stream for its reader.
  pipeline(source, gunzip, () => undefined);
  return gunzip;
}

/** The first bytes, enough to tell gzip from text; fewer where there are no more. */
async function beginning(source: Readable): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < gzipMagic.length) {
    const chunk = source.read() as Buffer | null;
    if (chunk !== null) head = Buffer.concat([head, chunk]);
    else if (source.readableEnded) break;
    else await Promise.race([once(source, 'readable'), once(source, 'end')]);
  }
  return head;
}
