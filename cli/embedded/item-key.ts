/**
 * The key of an item: its kind, and which one. JSON, because names come from records: no two lists of names have the same key,
 * and lone surrogates, which UTF-8 does not have, are escaped.
 */
export function itemKey(kind: string, ...names: readonly string[]): string {
  return JSON.stringify([kind, ...names]);
}

/** The beginning of all keys of a kind whose first names are these. */
export function keyPrefix(kind: string, ...names: readonly string[]): string {
  return `${itemKey(kind, ...names).slice(0, -1)},`;
}
