import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileSource, type LogSource, pipeSource } from './log-source';
import { reasonOf } from './reasons';

/** A text to read, a path that cannot be, or a file of a folder whose name is not that of a log. */
export type Found =
  | { readonly kind: 'source'; readonly source: LogSource }
  | { readonly kind: 'problem'; readonly file: string; readonly reason: string }
  | { readonly kind: 'skipped'; readonly file: string };

/** Endings of the files of a folder that are read; a file that is named is read whatever it is called. */
export const logNameEndings = ['.json', '.jsonl', '.ndjson', '.log', '.txt', '.gz'] as const;

/** The trail's own proof that its logs are whole; it holds no records. */
const digestFolder = 'CloudTrail-Digest';

export function isLogName(name: string): boolean {
  return logNameEndings.some((ending) => name.toLowerCase().endsWith(ending));
}

/** Files of a path: itself, or the log files of a folder and its folders, by name. Links are followed, once. */
export function* findFiles(path: string): Iterable<Found> {
  const status = statusOf(path);
  if ('reason' in status) yield { kind: 'problem', file: path, ...status };
  else if (status.isDirectory()) yield* logsOfFolder(path);
  else yield { kind: 'source', source: status.isFile() ? fileSource(path, status.size) : pipeSource(path) };
}

function* logsOfFolder(path: string): Iterable<Found> {
  let count = 0;
  for (const found of filesOfFolder(path, new Set())) {
    if (found.kind !== 'skipped') count++;
    yield found;
  }
  const reason = `the folder holds no log files (${logNameEndings.join(', ')})`;
  if (count === 0) yield { kind: 'problem', file: path, reason };
}

function* filesOfFolder(folder: string, visited: Set<string>): Iterable<Found> {
  let names: string[];
  try {
    const real = realpathSync(folder);
    if (visited.has(real)) return;
    visited.add(real);
    names = readdirSync(folder).sort();
  } catch (error) {
    yield { kind: 'problem', file: folder, reason: reasonOf(error) };
    return;
  }
  for (const name of names) if (name !== digestFolder) yield* fileOfFolder(join(folder, name), visited);
}

function* fileOfFolder(path: string, visited: Set<string>): Iterable<Found> {
  const status = statusOf(path);
  if (!('reason' in status) && status.isDirectory()) yield* filesOfFolder(path, visited);
  else if (!isLogName(path)) yield { kind: 'skipped', file: path };
  else if ('reason' in status) yield { kind: 'problem', file: path, ...status };
  else if (status.isFile()) yield { kind: 'source', source: fileSource(path, status.size) };
  else yield { kind: 'problem', file: path, reason: `is ${kindOf(status)}, not a file; it is not opened` };
}

/** Links are followed: what they lead to counts. */
function statusOf(path: string): Stats | { readonly reason: string } {
  try {
    return statSync(path);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** A FIFO without a writer, or a device without an end, would hold up everything behind it. */
function kindOf(status: Stats): string {
  if (status.isFIFO()) return 'a FIFO';
  return status.isSocket() ? 'a socket' : 'a device';
}
