import { plainTable } from '../../cli/output/table';
import { invariants } from './invariants/all';

/** Seeds that are named for each invariant. */
const maxNamed = 10;

/** How many seeds broke which invariant, and the first of them. */
export function formatCounts(
  broken: ReadonlyMap<number, readonly string[]>,
  seeds: number,
  seconds: number,
): string {
  const rows: (string | number)[][] = [];
  for (const { name, law } of [...invariants, { name: 'the seed ends', law: 9 }]) {
    const found = [...broken].filter(([, names]) => names.includes(name)).map(([seed]) => seed);
    rows.push([name, law, found.length, found.slice(0, maxNamed).join(' ')]);
  }
  const each = (seconds / seeds).toFixed(3);
  return `${plainTable(['invariant', 'law', 'broken', 'seeds'], rows)}\n${seeds} seeds in ${seconds.toFixed(0)} s, ${each} s each; ${broken.size} broke an invariant`;
}
