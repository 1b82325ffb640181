import { LayerwatchError } from '../errors';

/**
 * Reads the directory of a zip archive without the archive: the end of the file says where the directory is, the
 * directory names every file. An archive that contradicts itself is refused, because readers of it disagree.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, version 6.3.10, sections 4.3.12 and 4.3.16
 */

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22;
const entryBytes = 46;
const localHeaderBytes = 30;

/** The end record with the longest comment that its 16-bit length allows. */
export const maxTailBytes = endBytes + 0xffff;

/** A directory with the most entries below and names of 200 bytes has about as many. */
export const maxDirectoryBytes = 4_194_304;

/** More files than the largest layers of public vendors have, several times over. */
export const maxEntries = 30_000;

/** Why an archive is not read further. */
export class RefusedArchiveError extends LayerwatchError {
  override readonly name = 'RefusedArchiveError';
  readonly code = 'RefusedArchive';

  constructor(reason: string) {
    super(`archive refused: ${reason}`);
  }
}

export interface DirectoryPlace {
  readonly offset: number;
  readonly bytes: number;
  readonly entries: number;
}

export interface ZipEntry {
  readonly name: string;
  /** Whether anybody may execute it, by its Unix mode. */
  readonly isExecutable: boolean;
}

/**
 * Where the directory is, from the last bytes of an archive of `totalBytes`.
 *
 * @throws {RefusedArchiveError} where the end contradicts itself or goes beyond the limits
 */
export function placeOfDirectory(tail: Uint8Array, totalBytes: number): DirectoryPlace {
  const view = viewOf(tail);
  const ends = endPositions(view);
  const [position] = ends;
  if (position === undefined) throw new RefusedArchiveError('it has no end record');
  if (ends.length > 1) throw new RefusedArchiveError('it has more than one end record');
  const endOffset = totalBytes - tail.byteLength + position;
  const [entriesHere, entries] = [view.getUint16(position + 8, true), view.getUint16(position + 10, true)];
  const [bytes, offset] = [view.getUint32(position + 12, true), view.getUint32(position + 16, true)];
  if (view.getUint32(position + 4, true) !== 0 || entriesHere !== entries)
    throw new RefusedArchiveError('it claims more than one disk');
  if (entries > maxEntries) throw new RefusedArchiveError(`it has ${entries} files or more`);
  if (bytes > maxDirectoryBytes) throw new RefusedArchiveError(`its directory has ${bytes} bytes`);
  if (offset + bytes !== endOffset) throw new RefusedArchiveError('its directory does not end where it says');
  return { offset, bytes, entries };
}

/** Every place where an end record fits that ends with the file: a comment may hide another. */
function endPositions(view: DataView): readonly number[] {
  const found: number[] = [];
  for (let position = view.byteLength - endBytes; position >= 0; position--) {
    if (view.getUint32(position, true) !== endSignature) continue;
    if (position + endBytes + view.getUint16(position + 20, true) === view.byteLength) found.push(position);
  }
  return found;
}

/**
 * The files of a directory.
 *
 * @throws {RefusedArchiveError} where it contradicts itself or the place that named it
 */
export function readDirectory(directory: Uint8Array, place: DirectoryPlace): readonly ZipEntry[] {
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  const spans: (readonly [number, number])[] = [];
  let position = 0;
  while (position < view.byteLength) {
    if (entries.length >= place.entries)
      throw new RefusedArchiveError('its directory has more files than it says');
    const entry = readEntry(directory, view, position);
    entries.push(entry);
    spans.push(entry.span);
    position = entry.next;
  }
  if (entries.length !== place.entries)
    throw new RefusedArchiveError('its directory has fewer files than it says');
  refuseDuplicates(entries);
  refuseOverlaps(spans, place.offset);
  return entries.map(({ name, isExecutable }) => ({ name, isExecutable }));
}

interface ReadEntry extends ZipEntry {
  readonly next: number;
  /** Where the file's data is at least, first byte and the byte after the last. */
  readonly span: readonly [number, number];
}

function readEntry(directory: Uint8Array, view: DataView, position: number): ReadEntry {
  if (position + entryBytes > view.byteLength || view.getUint32(position, true) !== entrySignature)
    throw new RefusedArchiveError('its directory is broken');
  const nameBytes = view.getUint16(position + 28, true);
  const next =
    position +
    entryBytes +
    nameBytes +
    view.getUint16(position + 30, true) +
    view.getUint16(position + 32, true);
  if (nameBytes === 0 || next > view.byteLength) throw new RefusedArchiveError('its directory is broken');
  const start = position + entryBytes;
  const name = new TextDecoder().decode(directory.subarray(start, start + nameBytes));
  const offset = view.getUint32(position + 42, true);
  const mode = view.getUint32(position + 38, true) >>> 16;
  const end = offset + localHeaderBytes + nameBytes + view.getUint32(position + 20, true);
  return { name, isExecutable: (mode & 0o111) !== 0, next, span: [offset, end] };
}

/** Two files of one name: which of them is unpacked depends on the reader. */
function refuseDuplicates(entries: readonly ZipEntry[]): void {
  const names = new Set(entries.map(({ name }) => name));
  if (names.size !== entries.length) throw new RefusedArchiveError('it has two files of the same name');
  if ([...names].some((name) => name.includes('\0'))) throw new RefusedArchiveError('a name holds a NUL');
}

/** Files that share bytes are how an archive unpacks to more than it holds. */
function refuseOverlaps(spans: readonly (readonly [number, number])[], directoryOffset: number): void {
  const sorted = [...spans].sort(([a], [b]) => a - b);
  let end = 0;
  for (const [from, to] of sorted) {
    if (from < end) throw new RefusedArchiveError('its files overlap');
    end = to;
  }
  if (end > directoryOffset) throw new RefusedArchiveError('a file reaches beyond the archive');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
