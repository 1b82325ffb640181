import { shardedKey } from '../../lambda/detection/index-shards';
import { countedDayIndexWrites } from '../cost/counted-units';
import { markdownTable } from '../readme/markdown-table';
import { expectedCounts } from './records';

/** Alerts of a burst, in a second. */
const burst = 1_000;

/**
 * Write units of the index by day for each key, if every alert of the storm is notified on one day: with the day alone as the key, and
 * with its shards. The last columns are the units a second of the busiest key, if 1,000 such alerts come in a second.
 */
export function keyUnitsTable(sizes: readonly number[]): string {
  const rows = sizes.map((size) => {
    const ids = [...expectedCounts(size).keys()];
    const units = [() => 'day', (id: string) => shardedKey('day', id)].map((keyOf) =>
      unitsOfBusiest(ids, keyOf),
    );
    const seconds = ids.length / burst;
    return [size, ids.length, ...units, ...units.map((each) => Math.round(each / seconds))].map((number) =>
      number.toLocaleString('en'),
    );
  });
  return markdownTable(
    ['records', 'alerts', 'units of the day', 'busiest shard', 'day, a second', 'busiest shard, a second'],
    rows,
  );
}

function unitsOfBusiest(ids: readonly string[], keyOf: (id: string) => string): number {
  const units = new Map<string, number>();
  for (const id of ids) units.set(keyOf(id), (units.get(keyOf(id)) ?? 0) + countedDayIndexWrites);
  return Math.max(...units.values());
}
