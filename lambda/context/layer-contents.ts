import type { LayerContents, NotableFiles } from '../detection/context-document';
import { firstNames, isExtension, isWrapper, shadowedBy } from './layer-files';
import { readDirectory, type ZipEntry } from './zip-directory';
import { maxTailBytes, placeOfDirectory } from './zip-end';

/** Reads bytes `first` to `last` of an archive, both included; with `first` below zero the last bytes. */
export type ReadRange = (first: number, last?: number) => Promise<ReadBytes>;

export interface ReadBytes {
  readonly bytes: Uint8Array;
  /** Of the whole archive. */
  readonly totalBytes: number;
}

/** Names shown of each kind; the count of files says that there are more. */
const maxNames = 10;

/**
 * The files of a layer's archive, in two range requests.
 *
 * @throws {RefusedArchiveError} for an archive that lies or goes beyond the limits
 */
export async function listArchive(read: ReadRange): Promise<readonly ZipEntry[]> {
  const tail = await read(-maxTailBytes);
  const place = placeOfDirectory(tail.bytes, tail.totalBytes);
  const tailOffset = tail.totalBytes - tail.bytes.byteLength;
  const isInTail = place.offset >= tailOffset;
  const directory = isInTail
    ? tail.bytes.subarray(place.offset - tailOffset, place.offset - tailOffset + place.bytes)
    : (await read(place.offset, place.offset + place.bytes - 1)).bytes;
  return readDirectory(directory, place).filter(({ name }) => !name.endsWith('/'));
}

export function contentsOf(files: readonly ZipEntry[]): LayerContents {
  return { entries: files.length, ...notableIn(files) };
}

/** What of the files starts beside the runtime, wraps it, or takes the place of its own. */
export function notableIn(files: readonly ZipEntry[]): NotableFiles {
  return {
    extensions: firstNames(namesOf(files, isExtension), maxNames),
    wrappers: firstNames(namesOf(files, isWrapper), maxNames),
    shadowed: firstNames(
      files.flatMap(({ name }) => shadowedBy(name) ?? []),
      maxNames,
    ),
  };
}

function namesOf(files: readonly ZipEntry[], fits: (file: ZipEntry) => boolean): readonly string[] {
  return files.filter(fits).map(({ name }) => name);
}
