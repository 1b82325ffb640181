import { regionPattern } from '../../lambda/detection/aws-grammar';
import { readTrailFolders, recordsKind } from '../../lambda/logs/trail-key';
import { UsageError } from '../errors';

/** The logs of a trail's bucket that are wanted; an empty list means all. */
export interface KeyFilter {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** `YYYY/MM/DD`, included. */
  readonly from: string | undefined;
  /** `YYYY/MM/DD`, included. */
  readonly to: string | undefined;
}

export interface FilterOptions {
  readonly account?: string;
  readonly logRegion?: string;
  readonly from?: string;
  readonly to?: string;
}

/** @throws {UsageError} for a value that no key can have */
export function keyFilterOf({ account, logRegion, from, to }: FilterOptions): KeyFilter {
  return {
    accounts: listOf('--account', account, /^\d{12}$/, 'account ids of twelve digits'),
    regions: listOf('--log-region', logRegion, new RegExp(regionPattern), 'regions such as eu-west-3'),
    from: dayOf('--from', from),
    to: dayOf('--to', to),
  };
}

/** Whether the filter may want an object under a prefix, or with this key. A key of another form is wanted. */
export function mayHold(prefix: string, filter: KeyFilter): boolean {
  const { account, kind, region, day } = readTrailFolders(prefix);
  const isOneOf = (value: string | undefined, allowed: readonly string[]) =>
    value === undefined || allowed.length === 0 || allowed.includes(value);
  return (
    isOneOf(account, filter.accounts) &&
    isOneOf(region, filter.regions) &&
    (kind === undefined || kind === recordsKind) &&
    (day === undefined || isWithin(day, filter))
  );
}

/** A year or a month covers the days whose text begins with it. */
function isWithin(day: string, { from, to }: KeyFilter): boolean {
  return (
    (from === undefined || day >= from.slice(0, day.length)) &&
    (to === undefined || day <= to.slice(0, day.length))
  );
}

function listOf(option: string, text: string | undefined, form: RegExp, allowed: string): readonly string[] {
  const values = text === undefined ? [] : text.split(',').map((value) => value.trim());
  const wrong = values.find((value) => !form.test(value));
  if (wrong !== undefined)
    throw new UsageError(`${option} is ${JSON.stringify(wrong)}; allowed: ${allowed}, separated by commas`);
  return values;
}

function dayOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`${option} is ${JSON.stringify(text)}; allowed: a day such as 2026-10-06`);
  return text.replaceAll('-', '/');
}
