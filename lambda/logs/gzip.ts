/** RFC 1952, section 2.3.1. */
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** Bytes that distinguish gzip data from text. */
export const gzipMagicBytes = gzipMagic.length;

export function beginsAsGzip(bytes: Buffer, at = 0): boolean {
  return bytes.subarray(at, at + gzipMagic.length).equals(gzipMagic);
}

/** Tape archivers and some uploads fill up the last block with zeros; another member may follow them. */
export function endOfZeros(bytes: Buffer, from: number): number {
  let index = from;
  while (index < bytes.length && bytes[index] === 0) index++;
  return index;
}
