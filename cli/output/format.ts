import { plural } from '../../lambda/detection/layer-labels';
import type { ReadProblem } from '../../lambda/logs/read-logs';
import { escapeForDisplay } from '../../lambda/text/untrusted-text';

export { plural };

/** The message of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `512 bytes`, `2.1 kB`, `8.4 MB`, `1.2 GB`: powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return plural(bytes, 'byte');
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** `4.2 s` */
export function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** `2026-10-06 21:14`, from ISO 8601. */
export function formatMinute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

/** US dollars. */
export function formatDollars(amount: number): string {
  return amount < 0.01 ? 'less than $0.01' : `$${amount.toFixed(2)}`;
}

/** Enough digits of an alert id to tell alerts apart and to read them out. */
export function shortAlertId(alertId: string): string {
  return alertId.slice(0, 12);
}

/** The properties that are not `undefined`, for types in which an absent property and `undefined` differ. */
export function definedOnly<T extends object>(
  properties: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const defined = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}

/** One line about a piece of input that could not be read. */
export function formatProblem({ file, place, reason }: ReadProblem): string {
  return [file, place, reason].map((part) => escapeForDisplay(part)).join(': ');
}
