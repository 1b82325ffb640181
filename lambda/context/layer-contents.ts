import type { LayerContents } from '../detection/context-document';
import { maxTailBytes, placeOfDirectory, readDirectory, type ZipEntry } from './zip-directory';

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
 * What is inside a layer's archive, in two range requests.
 *
 * @throws {RefusedArchiveError} for an archive that lies or goes beyond the limits
 */
export async function inspectArchive(read: ReadRange): Promise<LayerContents> {
  const tail = await read(-maxTailBytes);
  const place = placeOfDirectory(tail.bytes, tail.totalBytes);
  const tailOffset = tail.totalBytes - tail.bytes.byteLength;
  const isInTail = place.offset >= tailOffset;
  const directory = isInTail
    ? tail.bytes.subarray(place.offset - tailOffset, place.offset - tailOffset + place.bytes)
    : (await read(place.offset, place.offset + place.bytes - 1)).bytes;
  return contentsOf(readDirectory(directory, place));
}

export function contentsOf(entries: readonly ZipEntry[]): LayerContents {
  const files = entries.filter(({ name }) => !name.endsWith('/'));
  return {
    entries: files.length,
    extensions: named(files, isExtension),
    wrappers: named(files, isWrapper),
    shadowed: [...new Set(files.flatMap(({ name }) => shadowedBy(name) ?? []))].sort().slice(0, maxNames),
  };
}

function named(files: readonly ZipEntry[], fits: (file: ZipEntry) => boolean): readonly string[] {
  return files
    .filter(fits)
    .map(({ name }) => name)
    .sort()
    .slice(0, maxNames);
}

/** Lambda starts each file right below /opt/extensions (Lambda, "Using external extensions"). */
function isExtension({ name }: ZipEntry): boolean {
  return /^extensions\/[^/]+$/.test(name);
}

/** AWS_LAMBDA_EXEC_WRAPPER names an executable, by custom right below /opt or in /opt/bin (Lambda, "Modifying the runtime"). */
function isWrapper({ name, isExecutable }: ZipEntry): boolean {
  return isExecutable && /^(bin\/)?[^/]+$/.test(name);
}

const nodePackage = /^nodejs\/(?:node\d+\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const pythonPackage = /^python\/(?:lib\/python[\d.]+\/site-packages\/)?([^/]+?)(?:\.py)?(?:\/|$)/;
const rubyGem = /^ruby\/gems\/[\d.]+\/gems\/(aws-sdk[^/]*)\//;

/** The packages that each runtime brings along, and that a layer's come before (Lambda, "Layer paths"). */
function shadowedBy(name: string): string | undefined {
  const node = nodePackage.exec(name)?.[1];
  if (node !== undefined) return isNodeSdk(node) ? 'Node.js AWS SDK' : undefined;
  const python = pythonPackage.exec(name)?.[1];
  if (python !== undefined) return pythonModules.has(python) ? `Python ${python}` : undefined;
  return rubyGem.test(name) ? 'Ruby AWS SDK' : undefined;
}

function isNodeSdk(name: string): boolean {
  return name === 'aws-sdk' || name.startsWith('@aws-sdk/');
}

/**
 * Of Python: the runtime's SDK, modules of the standard library that functions import, and the two that every start runs
 * by itself. A layer's directories come before them in `sys.path`.
 */
const pythonModules: ReadonlySet<string> = new Set([
  'boto3',
  'botocore',
  's3transfer',
  'sitecustomize',
  'usercustomize',
  'asyncio',
  'base64',
  'csv',
  'datetime',
  'email',
  'hashlib',
  'hmac',
  'http',
  'json',
  'logging',
  'pickle',
  'random',
  'secrets',
  'socket',
  'sqlite3',
  'ssl',
  'subprocess',
  'tempfile',
  'threading',
  'urllib',
  'uuid',
  'zipfile',
]);
