import { type DirectoryPlace, RefusedArchiveError, uint64, viewOf } from './zip-end';

/**
 * Reads the directory of a zip archive, which names every file. An archive that contradicts itself is refused, because readers
 * of it disagree.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, version 6.3.10, sections 4.3.12, 4.5.3
 */

const entrySignature = 0x02014b50;
const entryBytes = 46;
const localHeaderBytes = 30;
const zip64ExtraId = 0x0001;
const allOnes = 0xffff_ffff;

const decoder = new TextDecoder();

/** The file type of a symbolic link in a Unix mode (`S_IFLNK`). */
const linkType = 0o12;

export interface ZipEntry {
  /** Without `.` and empty parts, which mean nothing; a folder's ends with a slash. */
  readonly name: string;
  /** Whether anybody may execute it, by its Unix mode. */
  readonly isExecutable: boolean;
  readonly isLink: boolean;
  /** Unpacked. */
  readonly sizeBytes: number;
  /** CRC-32 of what is unpacked: finds an accident, and stops nobody who wants two files to have the same. */
  readonly crc32: number;
}

/**
 * The files and folders of a directory.
 *
 * @throws {RefusedArchiveError} where it contradicts itself or the place that named it
 */
export function readDirectory(directory: Uint8Array, place: DirectoryPlace): readonly ZipEntry[] {
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  const spans: Span[] = [];
  let position = 0;
  while (position < view.byteLength) {
    if (entries.length >= place.entries)
      throw new RefusedArchiveError('its directory has more files than it says');
    const { entry, span, next } = readEntry(directory, view, position);
    entries.push(entry);
    spans.push(span);
    position = next;
  }
  if (entries.length !== place.entries)
    throw new RefusedArchiveError('its directory has fewer files than it says');
  refuseDuplicates(entries);
  refuseOverlaps(spans, place.offset);
  return entries;
}

/** Where a file's data is at least, first byte and the byte after the last. */
type Span = readonly [from: number, to: number];

interface ReadEntry {
  readonly entry: ZipEntry;
  readonly span: Span;
  readonly next: number;
}

function readEntry(directory: Uint8Array, view: DataView, position: number): ReadEntry {
  if (position + entryBytes > view.byteLength || view.getUint32(position, true) !== entrySignature)
    throw new RefusedArchiveError('its directory is broken');
  const nameBytes = view.getUint16(position + 28, true);
  const extraBytes = view.getUint16(position + 30, true);
  const extraStart = position + entryBytes + nameBytes;
  const next = extraStart + extraBytes + view.getUint16(position + 32, true);
  if (nameBytes === 0 || next > view.byteLength) throw new RefusedArchiveError('its directory is broken');
  const written = decoder.decode(directory.subarray(position + entryBytes, extraStart));
  const { sizeBytes, packedBytes, offset } = readNumbers(view, position, extraStart, extraBytes);
  const mode = view.getUint32(position + 38, true) >>> 16;
  return {
    entry: {
      name: plainName(written),
      isExecutable: (mode & 0o111) !== 0,
      isLink: mode >>> 12 === linkType,
      sizeBytes,
      crc32: view.getUint32(position + 16, true),
    },
    span: [offset, offset + localHeaderBytes + nameBytes + packedBytes],
    next,
  };
}

/** Sizes and place of a file; those that are all ones are in the extra field of Zip64, in this order. */
function readNumbers(view: DataView, position: number, extraStart: number, extraBytes: number) {
  let extra = zip64Extra(view, extraStart, extraBytes);
  const number = (field: number): number => {
    const value = view.getUint32(position + field, true);
    if (value !== allOnes) return value;
    if (extra === undefined || extra.bytes < 8) throw new RefusedArchiveError('its directory is broken');
    const { start, bytes } = extra;
    extra = { start: start + 8, bytes: bytes - 8 };
    return uint64(view, start);
  };
  const [sizeBytes, packedBytes, offset] = [number(24), number(20), number(42)];
  return { sizeBytes, packedBytes, offset };
}

interface ExtraField {
  readonly start: number;
  readonly bytes: number;
}

function zip64Extra(view: DataView, start: number, bytes: number): ExtraField | undefined {
  const end = start + bytes;
  let found: ExtraField | undefined;
  for (let position = start; position + 4 <= end; ) {
    const size = view.getUint16(position + 2, true);
    if (position + 4 + size > end) break;
    if (view.getUint16(position, true) === zip64ExtraId) {
      if (found !== undefined) throw new RefusedArchiveError('a file has two Zip64 fields');
      found = { start: position + 4, bytes: size };
    }
    position += 4 + size;
  }
  return found;
}

/** Names of parts that need no second look; a dot at the beginning of a part does. */
const isPlain = /^[^./\\][^/\\]*(?:\/[^./\\][^/\\]*)*\/?$/;

/** The path below /opt that a name leads to. Some readers take a backslash for a slash. */
function plainName(written: string): string {
  if (isPlain.test(written)) return written;
  const parts = written.split(/[/\\]/);
  const isFolder = parts.at(-1) === '';
  const path = parts.filter((part) => part !== '' && part !== '.');
  if (path.includes('..')) throw new RefusedArchiveError('a name leads out of it');
  if (path.length === 0 && !isFolder) throw new RefusedArchiveError('a file has no name');
  return `${path.join('/')}${isFolder ? '/' : ''}`;
}

/** Two files of one name: which of them is unpacked depends on the reader. */
function refuseDuplicates(entries: readonly ZipEntry[]): void {
  const names = new Set(entries.map(({ name }) => name));
  if (names.size !== entries.length) throw new RefusedArchiveError('it has two files of the same name');
  if ([...names].some((name) => name.includes('\0'))) throw new RefusedArchiveError('a name holds a NUL');
}

/** Files that share bytes are how an archive unpacks to more than it holds. */
function refuseOverlaps(spans: readonly Span[], directoryOffset: number): void {
  const sorted = [...spans].sort(([a], [b]) => a - b);
  let end = 0;
  for (const [from, to] of sorted) {
    if (from < end) throw new RefusedArchiveError('its files overlap');
    end = to;
  }
  if (end > directoryOffset) throw new RefusedArchiveError('a file reaches beyond the archive');
}
