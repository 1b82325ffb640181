import { wholeFile } from '../../lambda/logs/problems-of-file';
import type { ReadProblem } from '../../lambda/logs/read-logs';
import { escapeForDisplay } from '../../lambda/text/untrusted-text';

/** `4.2 s` */
export function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** `2026-10-06 21:14`, from ISO 8601. */
export function formatMinute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

const minuteMilliseconds = 60_000;
const hourMilliseconds = 60 * minuteMilliseconds;
const dayMilliseconds = 24 * hourMilliseconds;

/**
 * `4m`, `3h`, `12d`, and the date from the thirtieth day on, as `gh` writes ages in tables. What is no time stays as it is.
 *
 * @param time ISO 8601; a time ahead of `now`, by another clock, is `0m`
 */
export function formatAge(time: string, now: Date): string {
  const milliseconds = Math.max(0, now.getTime() - Date.parse(time));
  if (Number.isNaN(milliseconds)) return escapeForDisplay(time, 20);
  if (milliseconds < hourMilliseconds) return `${Math.floor(milliseconds / minuteMilliseconds)}m`;
  if (milliseconds < dayMilliseconds) return `${Math.floor(milliseconds / hourMilliseconds)}h`;
  const days = Math.floor(milliseconds / dayMilliseconds);
  return days < 30 ? `${days}d` : time.slice(0, 10);
}

/** US dollars. */
export function formatDollars(amount: number): string {
  return amount < 0.01 ? 'less than $0.01' : `$${amount.toFixed(2)}`;
}

/** Enough digits of an alert id to distinguish alerts and to read them out. */
export function shortAlertId(alertId: string): string {
  return alertId.slice(0, 12);
}

/** One line about a piece of input that could not be read. */
export function formatProblem({ file, place, reason }: ReadProblem): string {
  const parts = place === wholeFile ? [file, reason] : [file, place, reason];
  return parts.map((part) => escapeForDisplay(part)).join(': ');
}
