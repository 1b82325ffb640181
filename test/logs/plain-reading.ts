import { parseRecord } from '../../lambda/detection/record';

/** What a reading of whole values by JSON.parse yields, for comparison. */
export interface PlainReading {
  readonly found: readonly unknown[];
  readonly records: number;
  readonly problems: number;
}

const maxWrappers = 4;

export function readPlainly(values: readonly unknown[], prefixes: readonly string[]): PlainReading {
  const leaves = values.flatMap((value) => leavesOf(value, 0));
  const entries = leaves.map(recordOf).filter((entry) => entry !== undefined);
  const found = entries.filter(({ eventName }) => prefixes.some((prefix) => eventName.startsWith(prefix)));
  return {
    found: found.map(({ value }) => value),
    records: entries.length,
    problems: leaves.length - entries.length,
  };
}

/** The values that should be records, out of their wrappers. */
function leavesOf(value: unknown, wrappers: number): readonly unknown[] {
  if (wrappers === maxWrappers) return [value];
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(each, wrappers + 1));
  const lists = listsOf(value);
  if (recordOf(value) !== undefined || lists.length === 0) return [value];
  return lists.flat().flatMap((each) => leavesOf(each, wrappers + 1));
}

function listsOf(value: unknown): readonly unknown[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'Records' || key === 'Events') && Array.isArray(inner) ? [inner as unknown[]] : [],
  );
}

function recordOf(value: unknown): { readonly value: unknown; readonly eventName: string } | undefined {
  const parsed = parseRecord(value);
  if (parsed.kind === 'record') return { value, eventName: parsed.record.eventName };
  const text = (value as { readonly CloudTrailEvent?: unknown } | null)?.CloudTrailEvent;
  if (typeof text !== 'string') return undefined;
  try {
    const inner = JSON.parse(text) as unknown;
    const looked = parseRecord(inner);
    return looked.kind === 'record' ? { value: inner, eventName: looked.record.eventName } : undefined;
  } catch {
    return undefined;
  }
}
