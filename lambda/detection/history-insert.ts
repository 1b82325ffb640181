import type { IsoTime } from './brands';
import { type FunctionHistory, type HistoryEntry, isOfOneSecond, secondOf } from './history';
import { listsAtEndOf, twinsAmong } from './history-lists';

/** Entries that a history keeps, some 20 bytes each when packed: a record may be late by as many calls of its function. */
export const maxEntries = 100;

/** Lambda serializes the updates of a function, each of which takes about a second: more are no calls of AWS. */
const maxEntriesOfOneSecond = 16;

/** The newest entries that keep their records, some 3 KB each: those whose verdicts a late record may still change. */
export const maxKeptRecords = 8;

/** An event waits in a dead-letter queue for 14 days at most (SQS message retention). */
const maxAgeMilliseconds = 15 * 86_400_000;

/** A history with one more entry. */
export interface Insertion {
  /**
   * `known`: the entry was there, or repeats one of a crowded second; `too-old`: it lies before what the history keeps;
   * `crowded`: its second has no place for one more.
   */
  readonly outcome: 'inserted' | 'known' | 'too-old' | 'crowded';
  /** All that is known, to judge by. */
  readonly history: FunctionHistory;
  /** What is to be stored: the same within its bounds. */
  readonly stored: FunctionHistory;
}

/** Inserts an entry at its time. The order of insertions does not matter; inserting twice changes nothing. */
export function insertEntry(history: FunctionHistory, entry: HistoryEntry): Insertion {
  if (history.entries.some(({ recordId }) => recordId === entry.recordId))
    return { outcome: 'known', history, stored: history };
  if (history.before !== undefined && secondOf(entry.time) <= secondOf(history.before.time))
    return { outcome: 'too-old', history, stored: history };
  const second = history.entries.filter((other) => isOfOneSecond(other, entry));
  if (second.length >= maxEntriesOfOneSecond)
    return { outcome: twinsAmong(entry, second).length > 0 ? 'known' : 'crowded', history, stored: history };
  const entries = [...history.entries, entry].sort(byTime);
  const next = { ...history, entries, version: history.version + 1 };
  const newest = entries.at(-1) ?? entry;
  return { outcome: 'inserted', history: next, stored: withKeptRecords(withinBounds(next, newest)) };
}

function byTime(a: HistoryEntry, b: HistoryEntry): number {
  return placeOf(a) < placeOf(b) ? -1 : 1;
}

function placeOf({ time, recordId }: HistoryEntry): string {
  return `${secondOf(time)} ${recordId}`;
}

/** Drops whole seconds from the oldest on, never the newest one; the list at their end stays as what was before. */
function withinBounds(history: FunctionHistory, newest: HistoryEntry): FunctionHistory {
  const [oldest = newest] = history.entries;
  const isPast = Date.parse(newest.time) - Date.parse(oldest.time) > maxAgeMilliseconds;
  const fits = history.entries.length <= maxEntries && !isPast;
  if (fits || isOfOneSecond(oldest, newest)) return history;
  return withinBounds(withoutOldestSecond(history, oldest.time), newest);
}

function withoutOldestSecond(history: FunctionHistory, time: IsoTime): FunctionHistory {
  const entries = history.entries.filter((entry) => secondOf(entry.time) !== secondOf(time));
  const [list, ...others] = listsAtEndOf(history, secondOf(time));
  return { ...history, entries, before: { time, layers: others.length === 0 ? list : undefined } };
}

function withKeptRecords(history: FunctionHistory): FunctionHistory {
  const keeping = new Set(
    history.entries
      .filter(({ record }) => record !== undefined)
      .slice(-maxKeptRecords)
      .map(({ recordId }) => recordId),
  );
  const entries = history.entries.map((entry) =>
    entry.record === undefined || keeping.has(entry.recordId) ? entry : { ...entry, record: undefined },
  );
  return { ...history, entries };
}
