import { property, text } from '../../../lambda/detection/json';
import { functionEventNames } from '../../../lambda/detection/swept-event-names';
import { heldSource } from '../../../lambda/logs/log-source';
import type { ReadOptions } from '../../../lambda/logs/read-logs';
import { eventPages, openEventHistory } from '../../aws/event-records';

/** LookupEvents looks back 90 days (CloudTrail, "Working with CloudTrail event history"). */
const historyDays = 90;

/** 10,000 records of each name; busier accounts have logs, which are read faster. */
const maxPages = 200;

/** The calls on layers and functions of the event history, in the order of their times, as a text that replay reads. */
export async function readEventHistory(
  now: Date,
  signal: AbortSignal,
): Promise<NonNullable<ReadOptions['remote']>> {
  const from = new Date(now.getTime() - historyDays * 86_400_000);
  const span = { eventNames: functionEventNames, from, to: now, maxPages, signal };
  process.stderr.write(`reading the event history of the last ${historyDays} days\n`);
  const records: unknown[] = [];
  for await (const page of eventPages(openEventHistory(), span)) {
    records.push(...page.records);
    if (page.isCutOff)
      process.stderr.write(
        `warning: only the newest ${maxPages * 50} records of ${page.eventName} were read; learn from the logs for all\n`,
      );
  }
  const lines = records.sort(byTime).map((record) => JSON.stringify(record));
  const source = heldSource('the event history', Buffer.from(lines.join('\n')));
  return { found: only({ kind: 'source', source }), bytes: source.bytes };
}

function byTime(a: unknown, b: unknown): number {
  const [first, second] = [a, b].map((record) => text(property(record, 'eventTime')) ?? '') as [
    string,
    string,
  ];
  return first < second ? -1 : Number(first > second);
}

async function* only<Item>(item: Item): AsyncIterable<Item> {
  yield item;
}
