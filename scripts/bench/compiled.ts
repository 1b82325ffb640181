import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const projectFolder = join(__dirname, '..', '..');

/** The entry point of the checkout, which compiles its sources as it loads them. */
export const checkoutCommand = join(projectFolder, 'bin', 'layerwatch.cjs');

/** Compiled like what is published; inside the project, so that packages are found. */
const compiledFolder = join(projectFolder, 'node_modules', '.cache', 'layerwatch-bench');

export const compiledCommand = join(compiledFolder, 'bin', 'layerwatch.js');

export function compile(): void {
  const args = ['tsc', '-p', 'tsconfig.build.json', '--outDir', compiledFolder];
  execFileSync('npx', args, { cwd: projectFolder, stdio: 'inherit' });
  const page = join('cli', 'commands', 'report', 'page');
  cpSync(join(projectFolder, page), join(compiledFolder, page), { recursive: true });
}

export function removeCompiled(): void {
  rmSync(compiledFolder, { recursive: true, force: true });
}
