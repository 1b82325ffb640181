/** Maps as objects. What is not known of a template has no value. */
export function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]));
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'symbol' ? 'unknown' : value;
}
