/** A copy of a JSON value with every text changed; names of properties stay. The depth of the value has to be bounded. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  // A text stays a text, a list a list of as many and an object an object of the same names, so that the type stays.
  if (typeof value === 'string') return change(value) as T & string;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts<unknown>(item, change)]),
  ) as T;
}
