import type { StoredObject } from '../detection/context-document';
import type { ArchiveReader, LambdaLookup, LayerVersionFacts } from '../ports';
import { errorMessage } from '../text/format';
import { displayName } from '../text/untrusted-text';
import { listArchive } from './layer-contents';
import type { ZipEntry } from './zip-directory';
import { RefusedArchiveError } from './zip-end';

/** A layer version as far as it could be looked at. */
export interface LayerVersion {
  readonly facts: LayerVersionFacts;
  /** `undefined` where they could not be listed. */
  readonly files: readonly ZipEntry[] | undefined;
  /** Why something of it is not known; `undefined` where all is. */
  readonly problem: string | undefined;
  /** Whether the archive itself is why. */
  readonly isRefused: boolean;
}

/** Asks Lambda for a layer version and lists its archive; never rejects. */
export async function readLayerVersion(
  arn: string,
  lambda: LambdaLookup,
  archive: ArchiveReader,
  signal: AbortSignal,
): Promise<LayerVersion> {
  let facts: LayerVersionFacts = {};
  try {
    facts = await lambda.layerVersion(arn, signal);
    return { facts, files: await listFiles(facts, archive, signal), problem: undefined, isRefused: false };
  } catch (error) {
    const isRefused = error instanceof RefusedArchiveError;
    return { facts, files: undefined, problem: reasonOf(error, signal), isRefused };
  }
}

function reasonOf(error: unknown, { aborted }: AbortSignal): string {
  return aborted ? 'no answer within the time for context' : errorMessage(error);
}

function listFiles(
  { location, sizeBytes, storedIn }: LayerVersionFacts,
  archive: ArchiveReader,
  signal: AbortSignal,
): Promise<readonly ZipEntry[]> {
  if (location === undefined) throw new Error(noAddress(storedIn));
  return listArchive(async (first, last) => {
    const read = await archive.read(location, { first, last }, signal);
    if (sizeBytes !== undefined && read.totalBytes !== sizeBytes)
      throw new Error(`the archive has ${read.totalBytes} bytes and not ${sizeBytes}`);
    return read;
  });
}

function noAddress(storedIn: StoredObject | undefined): string {
  const reason =
    storedIn === undefined
      ? 'Lambda gave no address of the archive'
      : `the archive stays in bucket ${displayName(storedIn.bucket)}`;
  return `its contents could not be read, because ${reason}`;
}
