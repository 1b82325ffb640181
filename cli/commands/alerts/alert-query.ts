import type { AlertQuery } from '../../../lambda/aws/dynamodb-alert-catalogue';
import { bands, isAtLeast } from '../../../lambda/detection/band';
import { definedOnly } from '../../../lambda/text/format';
import { UsageError } from '../../errors';
import type { AlertsOptions } from './options';

const unitMilliseconds = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A duration back from now, or a time: `90m`, `24h`, `7d`, `2w`, `2026-10-06`, `2026-10-06T21:00Z`; a date alone is UTC. */
export function timeOf(text: string, now: Date, option: string): Date {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (isUnit(unit)) return new Date(now.getTime() - Number(count) * unitMilliseconds[unit]);
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(
      `${option} is ${JSON.stringify(text)}; allowed: a duration such as 90m, 24h, 7d, 2w, or a time such as 2026-10-06 or 2026-10-06T21:00Z`,
    );
  return new Date(time);
}

function isUnit(unit: string): unit is keyof typeof unitMilliseconds {
  return Object.hasOwn(unitMilliseconds, unit);
}

/** The end of a page as the next one receives it: the last alert's time and the beginning of its id. */
export interface PageEnd {
  readonly firstSeen: string;
  readonly idPrefix: string;
}

export function pageToken({ firstSeen, alertId }: { readonly firstSeen: string; readonly alertId: string }) {
  return `${firstSeen}/${alertId.slice(0, 16)}`;
}

/** @throws {UsageError} for what no page printed */
export function pageEndOf(token: string): PageEnd {
  const [, firstSeen = '', idPrefix = ''] = /^(\d{4}-[0-9T:.-]{5,30}Z)\/([0-9a-f]{16})$/.exec(token) ?? [];
  if (firstSeen === '' || Number.isNaN(Date.parse(firstSeen)))
    throw new UsageError(
      `--page is ${JSON.stringify(token)}; allowed: the token that the page before printed`,
    );
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

/** The options that the alert table answers; `report` has some of them. */
export type QueryOptions = Pick<AlertsOptions, 'since'> & Partial<AlertsOptions>;

/** The query for the alert table. Names of functions, actors and accounts are compared afterwards. */
export function alertQueryFrom(options: QueryOptions, now: Date): AlertQuery {
  const { band, status, disposition, account } = options;
  const page = options.page === undefined ? undefined : pageEndOf(options.page);
  // Alerts carry the time of their call, which another clock gave.
  const latest = new Date(now.getTime() + unitMilliseconds.d);
  const until = options.until === undefined ? latest : timeOf(options.until, now, '--until');
  return {
    by: indexOf(options),
    since: timeOf(options.since, now, '--since'),
    until: page === undefined ? until : new Date(Math.min(until.getTime(), Date.parse(page.firstSeen))),
    filters: definedOnly({
      band: band && bands.filter((each) => isAtLeast(each, band)),
      status: status && [status],
      disposition: disposition && [disposition],
      account: account !== undefined && isAccountId(account) ? [account] : undefined,
    }),
  };
}

function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function indexOf(options: QueryOptions): AlertQuery['by'] {
  if (options.function?.startsWith('arn:')) return { kind: 'target', arn: options.function };
  if (options.actor?.startsWith('arn:')) return { kind: 'actor', actor: options.actor };
  return { kind: 'day' };
}
