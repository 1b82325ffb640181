import { type Band, bands } from '../detection/band';
import { shardsOfIndex } from '../detection/index-shards';
import type { Notification, UndeliveredAlert } from '../ports';
import { plural } from '../text/format';
import { formatTime } from '../text/time';
import { displayName, escapeForDisplay } from '../text/untrusted-text';
import { plainSlack } from './slack';

export interface Digest {
  readonly withheld: readonly UndeliveredAlert[];
  /** Whether more were withheld than the digest holds. */
  readonly isAll: boolean;
  readonly now: Date;
  readonly alertTable: { readonly name: string; readonly region: string } | undefined;
  /** Names by account. */
  readonly accountNames: ReadonlyMap<string, string>;
}

/** Lines of each list; the query gives the rest. */
const maxLines = 10;

/** One message in place of many: how many, by whom, on what, and how to list them. */
export function digestNotification({ withheld, isAll, now, alertTable, accountNames }: Digest): Notification {
  const count = isAll ? plural(withheld.length, 'notification') : `${withheld.length} notifications or more`;
  const highest = highestBand(withheld);
  const headline = `${count} over the budget ${withheld.length === 1 ? 'was' : 'were'} withheld, the highest severity is ${highest}; the alerts are stored`;
  const text = [
    `${headline}.`,
    '',
    ...gravest(withheld, highest),
    ...byAccount(withheld, accountNames),
    ...listOf('By actor', withheld, ({ actor }) => actor),
    ...listOf('By function or layer', withheld, ({ targetArn }) => targetArn),
    ...listOf('By severity', withheld, ({ band }) => band),
    `Between: ${firstAndLast(withheld)}`,
    '',
    'Check',
    'Who makes so many changes, and is one of them meant to be overlooked?',
    ...(alertTable === undefined ? [] : ['List them:', `   ${queryOf(alertTable, withheld)}`]),
  ].join('\n');
  return {
    alertId: `digest-${now.toISOString()}`,
    subject: `DIGEST ${highest.toUpperCase()}: ${count} withheld`,
    bodies: {
      default: text,
      email: text,
      https: plainSlack([`*${headline}.*`, ...gravest(withheld, highest).map(inCode)].join('\n')),
      ...machineBodies(withheld, isAll, now),
    },
  };
}

function highestBand(withheld: readonly UndeliveredAlert[]): Band {
  return bands.findLast((band) => withheld.some((alert) => alert.band === band)) ?? 'low';
}

/** The alerts of the highest severity one by one, because they are what the digest must not hide. */
function gravest(withheld: readonly UndeliveredAlert[], highest: Band): readonly string[] {
  const all = withheld.filter(({ band }) => band === highest);
  const shown = all
    .slice(0, maxLines)
    .map(
      ({ alertId, targetArn, actor }) =>
        `- ${alertId.slice(0, 12)}: ${nameShown(targetArn)} by ${nameShown(actor)}`,
    );
  const more = all.length > maxLines ? [`- and ${all.length - maxLines} more`] : [];
  return [`Of severity ${highest}`, ...shown, ...more, ''];
}

/** Slack reads neither markup nor mentions in code. */
function inCode(line: string): string {
  const text = line
    .trim()
    .replaceAll('`', "'")
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return text === '' ? '' : `\`${text}\``;
}

function listOf(
  title: string,
  withheld: readonly UndeliveredAlert[],
  keyOf: (alert: UndeliveredAlert) => string,
  shownOf = nameShown,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const alert of withheld) counts.set(keyOf(alert), (counts.get(keyOf(alert)) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, maxLines).map(([key, count]) => `- ${count}: ${shownOf(key)}`);
  const more = sorted.length > maxLines ? [`- and ${sorted.length - maxLines} more`] : [];
  return [title, ...shown, ...more, ''];
}

/** Only where there are several: one account goes without saying. */
function byAccount(
  withheld: readonly UndeliveredAlert[],
  accountNames: ReadonlyMap<string, string>,
): readonly string[] {
  const accounts = new Set(withheld.map(accountOf));
  if (accounts.size < 2) return [];
  return listOf('By account', withheld, accountOf, (account) => {
    const name = accountNames.get(account);
    return name === undefined ? nameShown(account) : `${nameShown(name)} (${nameShown(account)})`;
  });
}

function accountOf({ targetArn }: UndeliveredAlert): string {
  return targetArn.split(':')[4] ?? 'unknown';
}

function nameShown(key: string): string {
  return escapeForDisplay(displayName(key), 150);
}

function firstAndLast(withheld: readonly UndeliveredAlert[]): string {
  const times = withheld.map(({ firstSeen }) => firstSeen).sort();
  return `${timeOf(times[0])} and ${timeOf(times.at(-1))}`;
}

function timeOf(time = 'unknown'): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? escapeForDisplay(time, 40) : formatTime(date, 'UTC');
}

/** A digest takes the alerts off the list of the undelivered, so they are listed by their day, shard by shard. */
function queryOf(
  { name, region }: { readonly name: string; readonly region: string },
  withheld: readonly UndeliveredAlert[],
): string {
  const days = [...new Set(withheld.map(({ firstSeen }) => firstSeen.slice(0, 10)))].sort();
  const values = JSON.stringify({ ':day': { S: `${days[0] ?? ''}#SHARD` }, ':withhold': { S: 'withhold' } });
  return [
    `for shard in $(seq -w 0 ${shardsOfIndex - 1}); do`,
    `aws dynamodb query --region ${region} --table-name ${name} --index-name by-day`,
    `--key-condition-expression '#day = :day' --filter-expression 'disposition = :withhold'`,
    `--expression-attribute-names '{"#day":"day"}'`,
    `--expression-attribute-values '${values.replace('SHARD', `'$shard'`)}'`,
    `--query 'Items[].message.S'; done`,
  ].join(' ');
}

function machineBodies(
  withheld: readonly UndeliveredAlert[],
  isAll: boolean,
  now: Date,
): Readonly<Record<string, string>> {
  const ids = withheld.map(({ alertId }) => alertId);
  const body = JSON.stringify({
    '@timestamp': now.toISOString(),
    event: { kind: 'digest' },
    layerwatch: { digest: { withheld: withheld.length, complete: isAll, alert_ids: ids } },
  });
  return { sqs: body, lambda: body, firehose: body };
}
