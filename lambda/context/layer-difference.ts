import type { FileChange, FileCounts, FileGroup, NotableFiles } from '../detection/context-document';
import { fileKinds, firstNames, isExtension, isWrapper, kindOf, shadowedBy } from './layer-files';
import type { ZipEntry } from './zip-directory';

/** Names of each group; its count says that there are more. */
const maxNamesOfGroup = 3;

/** Names of all groups of a layer together, so that no archive makes the alert too long. */
const maxNames = 12;

const changes: readonly FileChange[] = ['added', 'changed', 'removed'];

interface ChangedFile {
  readonly change: FileChange;
  /** As it is now; of a removed file, as it was. */
  readonly file: ZipEntry;
  /** Heaviest first in `fileKinds`; of a changed file the heavier of both. */
  readonly kindIndex: number;
}

/** What the files of a version are against those of another, by name, size, CRC-32 and mode. */
export interface FileDifference {
  readonly files: FileCounts;
  readonly groups: readonly FileGroup[];
  readonly gained: NotableFiles;
}

/** Compares two lists of files; the names in each have to be unique. */
export function compareFiles(before: readonly ZipEntry[], now: readonly ZipEntry[]): FileDifference {
  const changed = changedFiles(before, now);
  const count = (change: FileChange) => changed.filter((file) => file.change === change).length;
  const [added, modified] = [count('added'), count('changed')];
  return {
    files: {
      added,
      changed: modified,
      removed: count('removed'),
      unchanged: now.length - added - modified,
    },
    groups: withNames(groupsOf(changed)),
    gained: gainedBetween(before, now),
  };
}

function changedFiles(before: readonly ZipEntry[], now: readonly ZipEntry[]): readonly ChangedFile[] {
  const earlier = new Map(before.map((file) => [file.name, file]));
  const current = new Set(now.map(({ name }) => name));
  const present = now.flatMap<ChangedFile>((file) => {
    const old = earlier.get(file.name);
    if (old === undefined) return [{ change: 'added', file, kindIndex: weightOf(file) }];
    if (isSameFile(old, file)) return [];
    return [{ change: 'changed', file, kindIndex: Math.min(weightOf(old), weightOf(file)) }];
  });
  const gone = before
    .filter(({ name }) => !current.has(name))
    .map((file) => ({ change: 'removed' as const, file, kindIndex: weightOf(file) }));
  return [...present, ...gone];
}

function isSameFile(a: ZipEntry, b: ZipEntry): boolean {
  return (
    a.crc32 === b.crc32 &&
    a.sizeBytes === b.sizeBytes &&
    a.isExecutable === b.isExecutable &&
    a.isLink === b.isLink
  );
}

function weightOf(file: ZipEntry): number {
  return fileKinds.indexOf(kindOf(file));
}

type UnnamedGroup = Omit<FileGroup, 'names'> & { readonly allNames: readonly string[] };

function groupsOf(changed: readonly ChangedFile[]): readonly UnnamedGroup[] {
  return fileKinds.flatMap((kind, kindIndex) =>
    changes.flatMap((change) => {
      const files = changed.filter((file) => file.kindIndex === kindIndex && file.change === change);
      if (files.length === 0) return [];
      return [{ kind, change, files: files.length, allNames: files.map(({ file }) => file.name) }];
    }),
  );
}

function withNames(groups: readonly UnnamedGroup[]): readonly FileGroup[] {
  let left = maxNames;
  return groups.map(({ allNames, ...group }) => {
    const names = firstNames(allNames, Math.min(maxNamesOfGroup, left));
    left -= names.length;
    return { ...group, names };
  });
}

/** What starts beside the runtime, wraps it or takes the place of its own, and did not before. */
function gainedBetween(before: readonly ZipEntry[], now: readonly ZipEntry[]): NotableFiles {
  const gained = (notable: (file: ZipEntry) => string | undefined) => {
    const known = new Set(before.map(notable));
    const names = now.map(notable).filter((name) => name !== undefined && !known.has(name)) as string[];
    return firstNames(names, maxNamesOfGroup);
  };
  return {
    extensions: gained((file) => (isExtension(file) ? file.name : undefined)),
    wrappers: gained((file) => (isWrapper(file) ? file.name : undefined)),
    shadowed: gained(({ name }) => shadowedBy(name)),
  };
}
