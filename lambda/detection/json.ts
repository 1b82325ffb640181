/** Any JSON value, as it came; read it with the guards below. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property of an object, whatever its name; `undefined` for anything that is no object. */
export function property(value: unknown, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A parameter of a call: CloudTrail writes a small first letter, exports of other tools a capital one. */
export function parameter(value: unknown, key: string): Json | undefined {
  return property(value, key) ?? property(value, key.charAt(0).toUpperCase() + key.slice(1));
}

/** What a text of JSON holds where that is an object or a list; any other value as it is. */
export function unwrapped(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** The value at a path of own properties. */
export function at(value: unknown, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => property(inner, key), value as Json);
}

/** A string that is not empty; numbers are written out, because account ids sometimes arrive as numbers. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Absent, null, an empty string, an empty list or an empty object: what the CloudTrail mapping of ECS strips. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/**
 * JSON with sorted keys, so that equal values have equal text. Deeper than `maxDepth` everything reads as null,
 * because a hostile value may nest deeper than the stack reaches.
 */
export function canonicalJson(value: unknown, maxDepth = 64): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (maxDepth === 0) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, maxDepth - 1)).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, maxDepth - 1)}`).join(',')}}`;
}
