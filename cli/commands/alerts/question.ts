import type { AlertQuery } from '../../../lambda/aws/dynamodb-alert-catalogue';
import { bands, isAtLeast } from '../../../lambda/detection/band';
import { UsageError } from '../../errors';

export interface AlertsOptions {
  readonly since: string;
  readonly until?: string;
  readonly function?: string;
  readonly actor?: string;
  readonly band?: string;
  readonly status?: string;
  readonly disposition?: string;
  readonly account?: string;
  readonly limit: number;
  readonly page?: string;
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A duration back from now, or a time: `90m`, `24h`, `7d`, `2w`, `2026-10-06`, `2026-10-06T21:00Z`; a date alone is UTC. */
export function timeOf(text: string, now: Date, option: string): Date {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (count !== undefined) return new Date(now.getTime() - Number(count) * (unitMilliseconds[unit] ?? 0));
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(
      `${option} is ${JSON.stringify(text)}; allowed: a duration such as 90m, 24h, 7d, 2w, or a time such as 2026-10-06 or 2026-10-06T21:00Z`,
    );
  return new Date(time);
}

/** Where a page ends, as it is handed on: the last alert's time and the beginning of its id. */
export interface PageEnd {
  readonly firstSeen: string;
  readonly idPrefix: string;
}

export function pageToken({ firstSeen, alertId }: { readonly firstSeen: string; readonly alertId: string }) {
  return `${firstSeen}/${alertId.slice(0, 16)}`;
}

export function pageEndOf(token: string): PageEnd {
  const [, firstSeen = '', idPrefix = ''] = /^(\d{4}-[0-9T:.-]{5,30}Z)\/([0-9a-f]{16})$/.exec(token) ?? [];
  if (firstSeen === '' || Number.isNaN(Date.parse(firstSeen)))
    throw new UsageError(`--page is ${JSON.stringify(token)}; allowed: what the page before printed`);
  return { firstSeen, idPrefix };
}

/** Whether an alert comes after the end of a page: older, or of the same second with a greater id. */
export function isAfter(
  alert: { readonly firstSeen: string; readonly alertId: string },
  { firstSeen, idPrefix }: PageEnd,
): boolean {
  if (alert.firstSeen !== firstSeen) return alert.firstSeen < firstSeen;
  return alert.alertId.slice(0, idPrefix.length) > idPrefix;
}

/** What the options ask of the alert table. Names of functions and actors that are no ARN are compared afterwards. */
export function alertQueryFrom(options: AlertsOptions, now: Date): AlertQuery {
  const page = options.page === undefined ? undefined : pageEndOf(options.page);
  // Alerts carry the time of their call, which another clock gave.
  const latest = new Date(now.getTime() + (unitMilliseconds['d'] ?? 0));
  const until = options.until === undefined ? latest : timeOf(options.until, now, '--until');
  return {
    by: indexOf(options),
    since: timeOf(options.since, now, '--since'),
    until: page === undefined ? until : new Date(Math.min(until.getTime(), Date.parse(page.firstSeen))),
    filters: {
      ...(options.band === undefined ? {} : { band: bandsFrom(options.band) }),
      ...oneOf('status', options.status, ['open', 'acknowledged', 'closed']),
      ...oneOf('disposition', options.disposition, ['notify', 'record', 'except', 'withhold']),
      ...(options.account === undefined ? {} : { account: [options.account] }),
    },
  };
}

function indexOf(options: AlertsOptions): AlertQuery['by'] {
  if (options.function?.startsWith('arn:')) return { kind: 'target', arn: options.function };
  if (options.actor?.startsWith('arn:')) return { kind: 'actor', actor: options.actor };
  return { kind: 'day' };
}

function bandsFrom(minimum: string): readonly string[] {
  const band = bands.find((each) => each === minimum);
  if (band === undefined) throw wrongChoice('--band', minimum, bands);
  return bands.filter((each) => isAtLeast(each, band));
}

function oneOf(name: 'status' | 'disposition', value: string | undefined, allowed: readonly string[]) {
  if (value === undefined) return {};
  if (!allowed.includes(value)) throw wrongChoice(`--${name}`, value, allowed);
  return { [name]: [value] };
}

function wrongChoice(option: string, value: string, allowed: readonly string[]): UsageError {
  return new UsageError(`${option} is ${JSON.stringify(value)}; allowed: ${allowed.join(', ')}`);
}
