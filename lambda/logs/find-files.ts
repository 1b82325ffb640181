import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileSource, type LogSource } from './log-source';
import { reasonOf } from './reasons';

/** A text to read, or a path that cannot be. */
export type Found =
  | { readonly kind: 'source'; readonly source: LogSource }
  | { readonly kind: 'problem'; readonly file: string; readonly reason: string };

/** Other files of a folder are no logs; a file that is named is read whatever it is called. */
const logName = /\.(?:json|jsonl|ndjson|log|txt|gz)$/i;

/** The trail's own proof that its logs are whole; it holds no records. */
const digestFolder = 'CloudTrail-Digest';

/** Files of a path: itself, or the log files of a folder and its folders, by name. Links are followed, once. */
export function* findFiles(path: string, visited: Set<string> = new Set()): Iterable<Found> {
  try {
    const status = statSync(path);
    if (!status.isDirectory()) {
      yield { kind: 'source', source: fileSource(path, status.size) };
      return;
    }
  } catch (error) {
    yield { kind: 'problem', file: path, reason: reasonOf(error) };
    return;
  }
  const isOutermost = visited.size === 0;
  let count = 0;
  for (const found of filesOfFolder(path, visited)) {
    count++;
    yield found;
  }
  if (isOutermost && count === 0)
    yield {
      kind: 'problem',
      file: path,
      reason: 'the folder holds no log files (.json, .jsonl, .ndjson, .log, .txt, .gz)',
    };
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
  for (const name of names) {
    const path = join(folder, name);
    if (isFolder(path)) {
      if (name !== digestFolder) yield* findFiles(path, visited);
    } else if (logName.test(name)) yield* findFiles(path, visited);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
