/** How numbers, times and errors are written, wherever people read them. */

/** `1 layer`, `2 layers`. */
export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** `less than a minute`, `4 minutes`, `3 hours`, `12 days`; rounded down. */
export function formatDuration(minutes: number): string {
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return plural(Math.floor(minutes), 'minute');
  return minutes < 2_880
    ? plural(Math.floor(minutes / 60), 'hour')
    : plural(Math.floor(minutes / 1_440), 'day');
}

/** `512 bytes`, `2.1 kB`, `8.4 MB`, `1.2 GB`: powers of 1,000, as the console of AWS shows layers. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return plural(bytes, 'byte');
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return bytes < 1_000_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** `base:4` of the ARN of a layer version; any other text stays as it is. */
export function shortLayer(arn: string): string {
  return arn.split(':').slice(6).join(':') || arn;
}

/** The message of anything that can be thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The properties that are not `undefined`, for types in which an absent property and `undefined` differ. */
export function definedOnly<T extends object>(
  properties: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
