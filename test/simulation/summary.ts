import Table from 'cli-table3';
import { invariants, type Violation } from './invariants/all';

/** Seeds that are named for each invariant. */
const maxNamed = 10;

/** How many seeds broke which invariant, and the first of them. */
export function formatCounts(
  found: ReadonlyMap<number, readonly Violation[]>,
  seeds: number,
  seconds: number,
): string {
  const table = new Table({
    head: ['invariant', 'law', 'broken', 'seeds'],
    style: { head: [], border: [], compact: true },
  });
  for (const invariant of invariants) {
    const broken = [...found].filter(([, violations]) =>
      violations.some((violation) => violation.invariant === invariant),
    );
    const named = broken.slice(0, maxNamed).map(([seed]) => seed);
    table.push([invariant.name, invariant.law, broken.length, named.join(' ')]);
  }
  const each = (seconds / seeds).toFixed(3);
  return `${table.toString()}\n${seeds} seeds in ${seconds.toFixed(0)} s, ${each} s each; ${found.size} broke an invariant`;
}
