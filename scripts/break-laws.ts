import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { plainTable } from '../cli/output/table';
import { type BrokenLaw, brokenLaws } from '../test/simulation/broken-laws';

/** What a run of the simulation needs of the project. */
const parts = [
  'cli',
  'config',
  'lambda',
  'samples',
  'scripts',
  'test',
  'types',
  'package.json',
  'tsconfig.json',
];

/** Seeds that run in one process. */
const seedsAtOnce = 20;

/** Runs seeds on copies of the code, each of which breaks one law, until a seed fails; exits with 1 where none does. */
function breakLaws(): void {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '1000' }, law: { type: 'string' } },
  });
  const laws = brokenLaws.filter(({ name }) => name.includes(values.law ?? ''));
  const rows = laws.map((law) => {
    const seed = firstSeedThatFails(law, Number(values.seeds));
    console.error(`${law.name}: ${seed ?? 'none'}`);
    return [law.law, law.name, seed ?? 'none'];
  });
  console.log(plainTable(['law', 'what was broken', 'first seed that fails'], rows));
  if (rows.some(([, , seed]) => seed === 'none')) process.exitCode = 1;
}

function firstSeedThatFails(law: BrokenLaw, seeds: number): number | undefined {
  const copy = mkdtempSync(join(tmpdir(), 'layerwatch-broken-'));
  try {
    for (const part of parts) cpSync(part, join(copy, part), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
    replaceIn(join(copy, law.file), law);
    for (let from = 1; from <= seeds; from += seedsAtOnce) {
      const seed = failingSeed(copy, from, Math.min(seedsAtOnce, seeds - from + 1));
      if (seed !== undefined) return seed;
    }
    return undefined;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function replaceIn(file: string, { original, replacement }: BrokenLaw): void {
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(original, () => replacement),
  );
}

function failingSeed(cwd: string, from: number, seeds: number): number | undefined {
  const args = ['--import', 'tsx', 'scripts/simulate.ts', '--seeds', String(seeds), '--from', String(from)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (!stdout.includes('broke an invariant')) throw new Error(`the simulation did not end: ${stderr}`);
  const [, seed] = /--seed (\d+)/.exec(stdout) ?? [];
  return seed === undefined ? undefined : Number(seed);
}

breakLaws();
