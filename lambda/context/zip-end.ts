import { LayerwatchError } from '../errors';

/**
 * Where the directory of a zip archive is, by the end of the file, in the classic format and in Zip64. Every reader has to find
 * the same directory: an archive whose records contradict each other is refused.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, version 6.3.10, sections 4.3.14 to 4.3.16
 */

const endSignature = 0x06054b50;
const endBytes = 22;
const locatorSignature = 0x07064b50;
const locatorBytes = 20;
const zip64EndSignature = 0x06064b50;
const zip64EndBytes = 56;

/** The end records of both formats with the longest comment that its 16-bit length allows. */
export const maxTailBytes = zip64EndBytes + locatorBytes + endBytes + 0xffff;

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

/** A place, and the offset of the record that has to follow the directory. */
interface ClaimedPlace extends DirectoryPlace {
  readonly nextRecord: number;
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
  const tailOffset = totalBytes - tail.byteLength;
  const { offset, bytes, entries, nextRecord } =
    readZip64End(view, position, tailOffset) ?? readEnd(view, position, tailOffset);
  if (entries > maxEntries) throw new RefusedArchiveError(`it has ${entries} files or more`);
  if (bytes > maxDirectoryBytes) throw new RefusedArchiveError(`its directory has ${bytes} bytes`);
  if (offset + bytes !== nextRecord)
    throw new RefusedArchiveError('its directory does not end where it says');
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

function readEnd(view: DataView, position: number, tailOffset: number): ClaimedPlace {
  const entries = view.getUint16(position + 10, true);
  if (view.getUint32(position + 4, true) !== 0 || view.getUint16(position + 8, true) !== entries)
    throw new RefusedArchiveError('it claims more than one disk');
  return {
    entries,
    bytes: view.getUint32(position + 12, true),
    offset: view.getUint32(position + 16, true),
    nextRecord: tailOffset + position,
  };
}

/**
 * The place that the records of Zip64 name, which stand before the end record; `undefined` where there are none. A reader of the
 * classic format alone has to find the same: a field of the end record is the same number or all ones.
 */
function readZip64End(view: DataView, end: number, tailOffset: number): ClaimedPlace | undefined {
  const locator = end - locatorBytes;
  const position = locator - zip64EndBytes;
  if (locator < 0 || view.getUint32(locator, true) !== locatorSignature) return undefined;
  const isDirectlyBefore =
    position >= 0 &&
    view.getUint32(position, true) === zip64EndSignature &&
    uint64(view, position + 4) === zip64EndBytes - 12 &&
    uint64(view, locator + 8) === tailOffset + position;
  if (!isDirectlyBefore) throw new RefusedArchiveError('its Zip64 records are not where they say');
  const disks = [view.getUint32(locator + 4, true), uint64(view, position + 16)];
  const [entriesHere, entries] = [uint64(view, position + 24), uint64(view, position + 32)];
  if (disks.some((disk) => disk !== 0) || view.getUint32(locator + 16, true) !== 1 || entriesHere !== entries)
    throw new RefusedArchiveError('it claims more than one disk');
  const [bytes, offset] = [uint64(view, position + 40), uint64(view, position + 48)];
  const agrees =
    fits16(view.getUint16(end + 8, true), entries) &&
    fits16(view.getUint16(end + 10, true), entries) &&
    fits32(view.getUint32(end + 12, true), bytes) &&
    fits32(view.getUint32(end + 16, true), offset);
  if (!agrees) throw new RefusedArchiveError('its Zip64 records contradict its end record');
  return { entries, bytes, offset, nextRecord: tailOffset + position };
}

function fits16(field: number, value: number): boolean {
  return field === 0xffff || field === value;
}

function fits32(field: number, value: number): boolean {
  return field === 0xffff_ffff || field === value;
}

/** Numbers beyond 2^53 lose digits and are beyond every limit. */
export function uint64(view: DataView, position: number): number {
  return Number(view.getBigUint64(position, true));
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
