import type { FileKind } from '../detection/context-document';
import type { ZipEntry } from './zip-directory';

/** What a file of a layer can do to the function, by its name and mode. */

/** Lambda starts each file right below /opt/extensions (Lambda, "Using external extensions"). */
export function isExtension({ name }: ZipEntry): boolean {
  return /^extensions\/[^/]+$/.test(name);
}

/** AWS_LAMBDA_EXEC_WRAPPER names an executable, by custom right below /opt or in /opt/bin (Lambda, "Modifying the runtime"). */
export function isWrapper({ name, isExecutable }: ZipEntry): boolean {
  return isExecutable && /^(bin\/)?[^/]+$/.test(name);
}

/** Code of the machine: libraries by their versioned name, and add-ons of Node.js. */
function isSharedObject({ name }: ZipEntry): boolean {
  return /\.(?:so(?:\.\d+)*|node)$/.test(name);
}

/** Kinds of files in the order of their weight: what runs by itself, what others load, what is run on request. */
export const fileKinds: readonly FileKind[] = [
  'external-extension',
  'wrapper',
  'shared-object',
  'executable',
  'runtime-library',
  'other',
];

/** The heaviest kind that fits. */
export function kindOf(file: ZipEntry): FileKind {
  if (isExtension(file)) return 'external-extension';
  if (isWrapper(file)) return 'wrapper';
  if (isSharedObject(file)) return 'shared-object';
  if (file.isExecutable) return 'executable';
  return shadowedBy(file.name) === undefined ? 'other' : 'runtime-library';
}

/** Linux allows 255 bytes for each part of a path (`NAME_MAX`); what is longer is cut. */
const maxNameUnits = 200;

/** The first names in the order of the alphabet, each of bounded length. */
export function firstNames(names: Iterable<string>, count: number): readonly string[] {
  return [...new Set(names)]
    .sort()
    .slice(0, count)
    .map((name) => name.slice(0, maxNameUnits).toWellFormed());
}

const nodePackage = /^nodejs\/(?:node\d+\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const pythonPackage = /^python\/(?:lib\/python[\d.]+\/site-packages\/)?([^/]+?)(?:\.py)?(?:\/|$)/;
const rubyGem = /^ruby\/gems\/[\d.]+\/gems\/(aws-sdk[^/]*)\//;

/** The packages that each runtime brings along, and that a layer's come before (Lambda, "Layer paths"). */
export function shadowedBy(name: string): string | undefined {
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
