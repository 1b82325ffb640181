import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorMessage } from '../lambda/text/format';
import { isPlainObject } from './problems';
import { SettingsError } from './schema';

/** Read from the working folder when no other file is named. */
export const configurationFileName = 'layerwatch.config.json';

/**
 * The configuration of a named file, else of the working folder's own where there is one, else an empty one.
 *
 * @throws {SettingsError} for a file that cannot be read or is no JSON
 */
export function readConfigurationFile(workingFolder: string, named: string | undefined): unknown {
  const file = resolve(workingFolder, named ?? configurationFileName);
  return readFileAt(file, named === undefined) ?? {};
}

/**
 * The configuration of a file; `undefined` where there is no such file.
 *
 * @throws {SettingsError} for a file that cannot be read or is no JSON
 */
export function readConfigurationAt(file: string): unknown {
  return readFileAt(file, true);
}

function readFileAt(file: string, optional: boolean): unknown {
  const text = readText(file, optional);
  return text === undefined ? undefined : parseJson(file, text);
}

function readText(file: string, optional: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = isPlainObject(error) ? error['code'] : undefined;
    if (optional && code === 'ENOENT') return undefined;
    throw unreadable(
      `config: ${file} cannot be read (${String(code)}); allowed: the path of a JSON file`,
      error,
    );
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(`config: ${file} is not JSON: ${errorMessage(error)}`, error);
  }
}

export function unreadable(text: string, cause?: unknown): SettingsError {
  return new SettingsError('settings-unreadable', [{ key: 'config', text }], { cause });
}
