import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beginsAsGzip, endOfZeros } from './gzip';
import type { LogSource } from './log-source';

/** Larger files are streamed. CloudTrail's own are a few hundred kilobytes, decompressed a few megabytes. */
const maxStoredBytes = 4_194_304;
const maxTextBytes = 16_777_216;

/** Size of the text at the end of a gzip member, modulo 2^32 (RFC 1952, section 2.3.1). */
const sizeBytes = 4;

const smallestOutput = 65_536;

/**
 * The text of a small file, read and decompressed at once: a stream costs more than the work itself for files of this size.
 * `undefined` for a larger file and for whatever is unusual, so that the stream meets it and names it.
 */
export function readWhole(source: LogSource, maxExpandedBytes: number): Buffer | undefined {
  if (source.bytes > maxStoredBytes) return undefined;
  try {
    const stored = source.content ?? (source.file === undefined ? undefined : readFileSync(source.file));
    if (stored === undefined) return undefined;
    return beginsAsGzip(stored) ? gunzipAll(stored, Math.min(maxTextBytes, maxExpandedBytes)) : stored;
  } catch {
    return undefined;
  }
}

/** @throws where the data is damaged or its text is larger than the limit */
function gunzipAll(stored: Buffer, maxBytes: number): Buffer | undefined {
  const texts: Buffer[] = [];
  let left = maxBytes;
  let at = 0;
  while (at < stored.length) {
    if (!beginsAsGzip(stored, at)) return undefined;
    const { text, consumed } = gunzip(stored.subarray(at), left);
    texts.push(text);
    left -= text.length;
    at = endOfZeros(stored, at + consumed);
  }
  return texts.length === 1 ? texts[0] : Buffer.concat(texts);
}

/** Decompresses members up to zeros or the end; one piece of output, where the last one's size is that of the text. */
function gunzip(
  bytes: Buffer,
  maxOutputLength: number,
): { readonly text: Buffer; readonly consumed: number } {
  const size = bytes.length < sizeBytes ? 0 : bytes.readUInt32LE(bytes.length - sizeBytes);
  const chunkSize = Math.min(Math.max(size + 1, smallestOutput), maxTextBytes);
  // With `info` the answer holds the engine (Node.js, zlib options); the types know the text only.
  const { buffer, engine } = gunzipSync(bytes, { chunkSize, maxOutputLength, info: true }) as unknown as {
    readonly buffer: Buffer;
    readonly engine: { readonly bytesWritten: number };
  };
  return { text: buffer, consumed: engine.bytesWritten };
}
