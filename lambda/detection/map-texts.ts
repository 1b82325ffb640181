/**
 * A JSON value with every text changed: the value itself where no text is another one, else a copy. Names of properties stay.
 * The depth of the value has to be bounded.
 */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  return isChanged(value, change) ? changed(value, change) : value;
}

function isChanged(value: unknown, change: (text: string) => string): boolean {
  if (typeof value === 'string') return change(value) !== value;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((item) => isChanged(item, change));
}

function changed<T>(value: T, change: (text: string) => string): T {
  // A text stays a text, a list a list of as many and an object an object of the same names, so that the type stays.
  if (typeof value === 'string') return change(value) as T & string;
  if (Array.isArray(value)) return value.map((item) => changed(item, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, changed<unknown>(item, change)]),
  ) as T;
}
