import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchBundle } from './bench/bundle';
import { compile, removeCompiled } from './bench/compiled';
import { benchMatches } from './bench/matches';
import { benchReplay } from './bench/replay-speed';
import { benchStarts } from './bench/starts';

type Part = (folder: string) => boolean | Promise<boolean>;

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['import', benchBundle],
  ['starts', benchStarts],
  ['matches', benchMatches],
  ['logs', benchReplay],
]);

/** Runs the parts that are named, all by default; the process fails where a limit was missed. */
async function bench(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !parts.has(name));
  if (unknown !== undefined) {
    console.error(`no part ${JSON.stringify(unknown)}; there are ${[...parts.keys()].join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'layerwatch-bench-'));
  try {
    compile();
    for (const [name, run] of parts) {
      if (names.length > 0 && !names.includes(name)) continue;
      if (!(await run(folder))) process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
    removeCompiled();
  }
}

void bench(process.argv.slice(2));
