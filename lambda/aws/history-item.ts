import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { stateTable } from '../contract';
import type { FunctionArn } from '../detection/brands';
import type { FunctionHistory, HistoryEntry } from '../detection/history';
import { latestList } from '../detection/history-lists';
import { daysAfter, retention } from '../detection/retention';
import { UnreadableItemError } from '../errors';
import { type Item, number, numberOf, optionalString, requiredString, string, stringOf } from './attributes';
import { listAttribute, listOf, stateKey } from './state-items';

/** Version of the item's shape; items of releases before 0.3 have 1 or none and hold one list. */
export const historySchemaVersion = 2;

/**
 * The item of a function's history. The entries are one compressed text, because they repeat each other: 24 entries with 8
 * records take about as much as two records by themselves. The list beside them is for people who look at the table.
 */
export function historyItem(functionArn: FunctionArn, history: FunctionHistory, now: Date): Item {
  const latest = history.entries.at(-1);
  return {
    [stateTable.partitionKey]: string(stateKey.history(functionArn)),
    schemaVersion: number(historySchemaVersion),
    version: number(history.version),
    ...listAttribute('layers', latestList(history)),
    ...optionalString('setAt', latest?.time),
    ...optionalString('beforeTime', history.before?.time),
    ...listAttribute('beforeLayers', history.before?.layers),
    entries: { B: deflateRawSync(JSON.stringify(history.entries)) },
    ...(latest?.source === 'deleted'
      ? { [stateTable.expiresAtAttribute]: number(daysAfter(now, retention.deletedFunctionDays)) }
      : {}),
  };
}

/** @throws {UnreadableItemError} where an attribute is missing that every item of its version has */
export function historyOf(item: Item): FunctionHistory {
  if (numberOf(item, 'schemaVersion') < historySchemaVersion) return baselineOf(item);
  const beforeTime = stringOf(item, 'beforeTime');
  return {
    entries: entriesOf(item),
    before: beforeTime === undefined ? undefined : { time: beforeTime, layers: listOf(item, 'beforeLayers') },
    version: numberOf(item, 'version'),
  };
}

function entriesOf(item: Item): readonly HistoryEntry[] {
  const compressed = item['entries']?.B;
  const key = requiredString(item, stateTable.partitionKey, stateTable.partitionKey);
  if (compressed === undefined) throw new UnreadableItemError(key, 'entries');
  try {
    return JSON.parse(inflateRawSync(compressed).toString('utf8')) as readonly HistoryEntry[];
  } catch (error) {
    throw new UnreadableItemError(key, 'entries', { cause: error });
  }
}

/** A listing that such an item was made from may show a call whose record is up to a minute younger; see `listing.ts`. */
const listingMarginMilliseconds = 60_000;

/** The one list that releases before 0.3 kept: what was on the function from then on. */
function baselineOf(item: Item): FunctionHistory {
  const setAt = requiredString(item, 'setAt', stateTable.partitionKey);
  const margin = stringOf(item, 'setBy') === 'seed' ? listingMarginMilliseconds : 0;
  const time = new Date(Date.parse(setAt) + margin).toISOString();
  return { entries: [], before: { time, layers: listOf(item, 'layers') }, version: 0 };
}
