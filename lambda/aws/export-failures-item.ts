import type { ExportFailure, StoredAlert } from '../detection/alert';
import { type Item, string } from './attributes';

const attribute = 'exportFailures';

/** The map of an alert's failed exports; left out where there is none. */
export function exportFailures(failures: StoredAlert['exportFailures']): Item {
  if (failures.size === 0) return {};
  const entries = [...failures].map(
    ([name, { since, reason }]) => [name, { M: { since: string(since), reason: string(reason) } }] as const,
  );
  // Names are those of exporters.
  return { [attribute]: { M: Object.fromEntries(entries) } };
}

export function exportFailuresOf(item: Item): ReadonlyMap<string, ExportFailure> {
  return new Map(
    Object.entries(item[attribute]?.M ?? {}).flatMap(([name, { M }]) => {
      const [since, reason] = [M?.['since']?.S, M?.['reason']?.S];
      return since === undefined || reason === undefined ? [] : [[name, { since, reason }] as const];
    }),
  );
}
