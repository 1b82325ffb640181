import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configurationFileName, readConfigurationAt } from '../../../config/file';
import { isPlainObject } from '../../../config/problems';
import { property, text } from '../../../lambda/detection/json';
import { errorMessage } from '../../../lambda/text/format';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { NotDoneError, UsageError } from '../../errors';
import type { Configuration } from './answers';

/** The configuration file that the CDK app reads, as it is before. */
export interface ConfigurationFile {
  /** As a person names it, from the working folder. */
  readonly name: string;
  readonly path: string;
  /** `undefined` where there is no such file yet. */
  readonly before: Configuration | undefined;
}

/**
 * The file that an option names, else the one of the context in `cdk.json`, else `layerwatch.config.json`.
 *
 * @throws {SettingsError} for a file that cannot be read, is no JSON, or holds what the configuration does not take
 */
export function openConfigurationFile(folder: string, named: string | undefined): ConfigurationFile {
  const name = named ?? nameInContext(folder) ?? configurationFileName;
  const path = resolve(folder, name);
  const before = readConfigurationAt(path);
  if (before !== undefined && !isPlainObject(before))
    throw new UsageError(
      `${escapeForDisplay(path)} holds no JSON object; correct it, or name another --config`,
    );
  return { name, path, before };
}

/** `-c config=FILE` of each synthesis may stand in `cdk.json`. */
function nameInContext(folder: string): string | undefined {
  const path = join(folder, 'cdk.json');
  if (!existsSync(path)) return undefined;
  return text(property(property(readConfigurationAt(path), 'context'), 'config'));
}

/**
 * Puts the configuration in the place of what was read, whole or not at all.
 *
 * @throws {NotDoneError} where the file changed meanwhile, or cannot be written
 */
export function writeConfigurationFile({ name, path, before }: ConfigurationFile, next: Configuration): void {
  const shown = escapeForDisplay(name);
  if (JSON.stringify(readConfigurationAt(path)) !== JSON.stringify(before))
    throw new NotDoneError(`${shown} was changed meanwhile; nothing was written, run the command again`);
  const target = existsSync(path) ? realpathSync(path) : path;
  const partial = `${target}.${process.pid}.part`;
  try {
    writeFileSync(partial, fileText(next), { flag: 'wx' });
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new NotDoneError(`${shown} cannot be written: ${errorMessage(error)}`, { cause: error });
  }
}

export function fileText(configuration: Configuration): string {
  return `${JSON.stringify(configuration, undefined, 2)}\n`;
}

/** What the file gains and loses, key by key; all of a file that is new. */
export function changeLines(before: Configuration | undefined, next: Configuration): readonly string[] {
  if (before === undefined) return fileText(next).trimEnd().split('\n');
  const keys = [...new Set([...Object.keys(before), ...Object.keys(next)])];
  return keys.flatMap((key) => {
    const [old, now] = [before, next].map((each) => keyLines(each, key));
    return old?.join() === now?.join()
      ? []
      : [...(old ?? []).map((line) => `- ${line}`), ...(now ?? []).map((line) => `+ ${line}`)];
  });
}

function keyLines(configuration: Configuration, key: string): readonly string[] {
  if (!Object.hasOwn(configuration, key)) return [];
  return JSON.stringify({ [key]: configuration[key] }, undefined, 2)
    .split('\n')
    .slice(1, -1);
}
