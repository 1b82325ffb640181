import { once } from 'node:events';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { LayerwatchError } from '../errors';
import { beginsAsGzip, endOfZeros, gzipMagicBytes } from './gzip';
import { chunkBytes, type LogSource } from './log-source';

/** After damaged data zlib keeps back what it had not handed over; in pieces of this size it keeps back next to nothing. */
const carefulChunkBytes = 64;

/** Checksum and length (RFC 1952, section 2.3.1); left away, what they contradict is still handed over. */
const trailerBytes = 8;

/** The decompressed text is longer than any log; a file of a few megabytes can expand a thousandfold. */
export class ExpandsTooFarError extends LayerwatchError {
  override readonly name = 'ExpandsTooFarError';
  readonly code = 'ExpandsTooFar';

  constructor(limitBytes: number) {
    super(`the gzip data expands to more than ${limitBytes} bytes; the rest is not read`);
  }
}

/** Something that is no gzip data follows gzip data. */
export class TrailingBytesError extends LayerwatchError {
  override readonly name = 'TrailingBytesError';
  readonly code = 'TrailingBytes';

  constructor() {
    super('more bytes follow the gzip data, and they are not read');
  }
}

/** One or more gzip members without zeros between them, and the offset at which they begin. */
interface Member {
  readonly stream: Readable;
  readonly from: number;
}

/** A text in chunks, read and decompressed as a stream. */
export class LogChunks {
  /** Bytes of the text as stored, that have been read so far. */
  bytesRead = 0;
  private expanded = 0;

  constructor(
    private readonly source: LogSource,
    private readonly maxExpandedBytes: number,
  ) {}

  /**
   * @throws {ExpandsTooFarError} beyond the limit
   * @throws {TrailingBytesError} where something is left after gzip data
   * @throws what the system or zlib says, after everything before it was handed over
   */
  async *chunks(): AsyncGenerator<Buffer> {
    const stream = this.source.open();
    const head = await beginning(stream);
    stream.unshift(head);
    if (beginsAsGzip(head)) yield* this.members(stream);
    else yield* this.counted(stream);
  }

  /** Members one after the other, with zeros between them: zlib stops at the zeros. */
  private async *members(first: Readable): AsyncGenerator<Buffer> {
    let member: Member | undefined = { stream: first, from: 0 };
    while (member !== undefined) {
      const gunzip = createGunzip({ chunkSize: chunkBytes });
      yield* this.inflated(member, gunzip);
      member = await this.memberAfter(member.from + gunzip.bytesWritten);
    }
  }

  private async *inflated({ stream, from }: Member, gunzip: Gunzip): AsyncGenerator<Buffer> {
    const given = this.expanded;
    // Either one's end is the other's; the failure waits in the stream for its reader.
    pipeline(this.counted(stream), gunzip, () => undefined);
    try {
      for await (const chunk of gunzip as AsyncIterable<Buffer>) {
        this.expanded += chunk.length;
        if (this.expanded > this.maxExpandedBytes) throw new ExpandsTooFarError(this.maxExpandedBytes);
        yield chunk;
      }
    } catch (error) {
      if (this.source.canReopen && (error as NodeJS.ErrnoException).code === 'Z_DATA_ERROR')
        yield* this.lastBytes(from, this.expanded - given);
      throw error;
    }
  }

  /** The member behind the zeros that begin at an offset; `undefined` where nothing is behind them. */
  private async memberAfter(end: number): Promise<Member | undefined> {
    if (!this.source.canReopen) {
      if (this.bytesRead > end) throw new TrailingBytesError();
      return undefined;
    }
    const from = end < this.source.bytes ? await this.endOfZeros(end) : undefined;
    if (from === undefined) return undefined;
    const stream = this.source.open(from);
    const head = await beginning(stream);
    if (!beginsAsGzip(head)) {
      stream.destroy();
      throw new TrailingBytesError();
    }
    stream.unshift(head);
    return { stream, from };
  }

  private async endOfZeros(begin: number): Promise<number | undefined> {
    let offset = begin;
    for await (const chunk of this.source.open(begin) as AsyncIterable<Buffer>) {
      const index = endOfZeros(chunk, 0);
      offset += index;
      if (index < chunk.length) return offset;
    }
    return undefined;
  }

  /** What lies between the last full chunk and the damage. */
  private async *lastBytes(from: number, alreadyGiven: number): AsyncGenerator<Buffer> {
    const gunzip = createGunzip({ chunkSize: carefulChunkBytes });
    const { bytes } = this.source;
    pipeline(this.source.open(from, Math.max(from + 1, bytes - trailerBytes)), gunzip, () => undefined);
    let seen = 0;
    try {
      for await (const chunk of gunzip as AsyncIterable<Buffer>) {
        const after = Math.max(0, alreadyGiven - seen);
        seen += chunk.length;
        if (after < chunk.length) yield chunk.subarray(after);
      }
    } catch {
      // The same damage, which the caller knows.
    }
  }

  private async *counted(stream: Readable): AsyncGenerator<Buffer> {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      this.bytesRead += chunk.length;
      yield chunk;
    }
  }
}

/** The first bytes, enough to distinguish gzip from text; fewer where there are no more. */
async function beginning(source: Readable): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < gzipMagicBytes) {
    const chunk = source.read() as Buffer | null;
    if (chunk !== null) head = Buffer.concat([head, chunk]);
    else if (source.readableEnded) break;
    else await Promise.race([once(source, 'readable'), once(source, 'end')]);
  }
  return head;
}
