import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { codeBundling } from '../lib/constructs/function-code';

const root = join(__dirname, '..');
const dist = join(root, 'dist');

/** Makes dist/: what is published, compiled, with each handler's bundle and what the commands read beside them. */
function build(): void {
  rmSync(dist, { recursive: true, force: true });
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  for (const handler of ['detector', 'log-reader', 'sweeper', 'selftester']) bundle(handler);
  cpSync(join(root, 'cli', 'commands', 'report', 'page'), join(dist, 'cli', 'commands', 'report', 'page'), {
    recursive: true,
  });
  cpSync(join(root, 'samples'), join(dist, 'samples'), { recursive: true });
}

/** As a checkout bundles at synthesis. */
function bundle(handler: string): void {
  const { banner, target, mainFields, minify, esbuildArgs } = codeBundling;
  const alias = Object.entries(esbuildArgs ?? {}).map(([name, file]) => [
    name.replace('--alias:', ''),
    String(file),
  ]);
  buildSync({
    entryPoints: [join(root, 'lambda', 'handlers', `${handler}.ts`)],
    outfile: join(dist, 'bundles', handler, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: banner ?? '' },
    target: target ?? 'node24',
    mainFields: mainFields ?? [],
    minify: minify ?? false,
    alias: Object.fromEntries(alias) as Record<string, string>,
  });
}

build();
