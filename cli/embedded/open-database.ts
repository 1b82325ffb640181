import { mkdirSync } from 'node:fs';
import { ClassicLevel } from 'classic-level';
import { MemoryLevel } from 'memory-level';
import { property } from '../../lambda/detection/json';
import { errorMessage } from '../../lambda/text/format';
import { escapeForDisplay } from '../../lambda/text/untrusted-text';
import { UsageError } from '../errors';
import { itemKey } from './item-key';
import { LevelDatabase } from './level-database';

/** Version of the shapes of all items; a folder of another one is refused. */
const formatVersion = 1;

const formatKey = itemKey('format');

/**
 * Opens the embedded database: in memory, or in a folder, which is made where it is missing. One process may use a folder at a time.
 * What was written when a process is killed is there when the folder is opened again.
 *
 * @throws {UsageError} where the folder cannot be used: it is another file, in use, or of another release
 */
export async function openDatabase(directory?: string): Promise<LevelDatabase> {
  if (directory === undefined) return openMemory();
  const level = await openFolder(directory);
  const database = new LevelDatabase(level);
  try {
    await checkFormat(database, await isEmpty(level), directory);
    return database;
  } catch (error) {
    await level.close();
    throw error;
  }
}

async function openMemory(): Promise<LevelDatabase> {
  const level = new MemoryLevel();
  await level.open();
  return new LevelDatabase(level);
}

async function openFolder(directory: string): Promise<ClassicLevel> {
  try {
    mkdirSync(directory, { recursive: true });
    const level = new ClassicLevel(directory);
    await level.open();
    return level;
  } catch (error) {
    throw new UsageError(`the state folder ${escapeForDisplay(directory)} ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Level wraps the failure of the store in one of its own. */
function reasonOf(error: unknown): string {
  const cause = property(error, 'cause') ?? error;
  if (property(cause, 'code') === 'LEVEL_LOCKED')
    return 'is in use by another process; wait until that has ended, or give another folder';
  return `cannot be opened: ${errorMessage(cause)}`;
}

async function isEmpty(level: ClassicLevel): Promise<boolean> {
  for await (const _ of level.keys({ limit: 1 })) return false;
  return true;
}

async function checkFormat(database: LevelDatabase, isNew: boolean, directory: string): Promise<void> {
  const found = database.read<number>(formatKey);
  if (found === formatVersion) return;
  if (!isNew) throw new UsageError(otherFormat(directory, found));
  await database.change(() => ({ put: [[formatKey, { value: formatVersion }]] }));
}

/** Releases up to 0.2 kept a folder of the same kind, without a version. */
function otherFormat(directory: string, found: number | undefined): string {
  const release = found === undefined ? 'Layerwatch 0.2 or earlier' : 'a newer release of Layerwatch';
  return `the state folder ${escapeForDisplay(directory)} was written by ${release}, which this release cannot read; give an empty folder, and replay the logs from the beginning`;
}
