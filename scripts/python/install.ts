import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LayerwatchError } from '../../lambda/errors';
import { lastLines, runCommand } from '../cloud/run-command';

const cacheFolder = join(__dirname, '..', '..', 'node_modules', '.cache', 'layerwatch');

/** Python packages cannot be installed; says what to do. */
export class PythonError extends LayerwatchError {
  override readonly name = 'PythonError';
  readonly code = 'Python';
}

/** A list of pinned Python packages. */
export interface PythonPackages {
  /** Beginning of the folder's name. */
  readonly name: string;
  /** Path of the requirements file. */
  readonly requirements: string;
}

/**
 * Installs Python packages into a virtual environment of their own, once for each list of them, and returns the path of its
 * interpreter.
 *
 * @throws {PythonError} without Python 3.10 or later, or where pip cannot install
 */
export async function installPython(
  { name, requirements }: PythonPackages,
  onInstalling: () => void = () => {},
): Promise<string> {
  const folder = join(cacheFolder, `${name}-${hashOf(requirements)}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(python)) return python;
  onInstalling();
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = `${folder}-${process.pid}`;
  try {
    await createVirtualEnvironment(unfinished);
    await installPackages(join(unfinished, 'bin', 'python'), requirements);
    moveUnlessThere(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return python;
}

function hashOf(requirements: string): string {
  return createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
}

async function createVirtualEnvironment(folder: string): Promise<void> {
  const version = await runCommand('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']);
  if (version.exitCode !== 0)
    throw new PythonError('Python 3.10 or later is needed as python3 on the PATH; install it');
  const made = await runCommand('python3', ['-m', 'venv', folder]);
  if (made.exitCode !== 0)
    throw new PythonError(
      `python3 -m venv failed; on Debian, install python3-venv:\n${lastLines(made.output, 5)}`,
    );
}

async function installPackages(python: string, requirements: string): Promise<void> {
  const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  const installed = await runCommand(python, words);
  if (installed.exitCode !== 0)
    throw new PythonError(
      `pip cannot install ${requirements}; it needs the Python package index:\n${lastLines(installed.output, 5)}`,
    );
}

/** Another process may have installed the same meanwhile. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}
