import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const projectFolder = join(__dirname, '..', '..');

/** The oldest supported version, and the last one of each later line with long-term support. */
export const supportedNodeVersions = ['20.19.0', '22.23.3', '24.21.0'] as const;

/**
 * Installs a version of Node.js into the project's cache, once, and answers with its executable. It comes from npm, in the packages that
 * npm's `node` package installs by a script: one for each platform.
 */
export async function installNode(version: string): Promise<string> {
  const packageName = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(projectFolder, 'node_modules', '.cache', 'layerwatch', `node-${version}`);
  const executable = join(folder, 'node_modules', packageName, 'bin', 'node');
  if (existsSync(executable)) return executable;
  mkdirSync(folder, { recursive: true });
  await run('npm', [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `${packageName}@${version}`,
  ]);
  return executable;
}

/** The environment in which `node`, `npm` and what they start run on the given executable. */
export function environmentOf(executable: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${dirname(executable)}${delimiter}${process.env['PATH'] ?? ''}` };
}
