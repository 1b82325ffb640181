import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CloudError } from './errors';
import { lastLines, runCommand } from './run-command';

const projectFolder = join(__dirname, '..', '..');
const requirements = join(__dirname, 'emulator', 'requirements.txt');

/**
 * Installs the emulator's Python packages into a virtual environment of their own, once for each list of them, and answers with its
 * interpreter.
 *
 * @throws {CloudError} without Python 3.10 or later, or where pip cannot install
 */
export async function installEmulator(onInstalling: () => void = () => {}): Promise<string> {
  const folder = join(
    projectFolder,
    'node_modules',
    '.cache',
    'layerwatch',
    `emulator-${requirementsHash()}`,
  );
  const python = join(folder, 'bin', 'python');
  if (existsSync(python)) return python;
  onInstalling();
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = `${folder}-${process.pid}`;
  try {
    await createVirtualEnvironment(unfinished);
    await installPackages(join(unfinished, 'bin', 'python'));
    moveUnlessThere(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return python;
}

function requirementsHash(): string {
  return createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
}

async function createVirtualEnvironment(folder: string): Promise<void> {
  const version = await runCommand('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']);
  if (version.exitCode !== 0)
    throw new CloudError('the emulated cloud needs Python 3.10 or later as python3 on the PATH; install it');
  const made = await runCommand('python3', ['-m', 'venv', folder]);
  if (made.exitCode !== 0)
    throw new CloudError(
      `python3 -m venv failed; on Debian, install python3-venv:\n${lastLines(made.output, 5)}`,
    );
}

async function installPackages(python: string): Promise<void> {
  const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  const installed = await runCommand(python, words);
  if (installed.exitCode !== 0)
    throw new CloudError(
      `pip cannot install the emulator (${requirements}); it needs the Python package index:\n${lastLines(installed.output, 5)}`,
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
