import type { IsoTime } from './brands';
import {
  distinctLists,
  type FunctionHistory,
  type HistoryEntry,
  isOfOneSecond,
  type LayerList,
  sameList,
  secondOf,
} from './history';

/** Whether an entry shows the list of a function that still exists. */
function showsList({ source }: HistoryEntry): boolean {
  return source === 'call' || source === 'response' || source === 'listing';
}

/**
 * The lists that a function may be compared with at the end of a second: several where its last entries have no order. A
 * function that was created under a name is compared with its own first list and with the last one that the name had.
 */
export function listsAtEndOf({ entries, before }: FunctionHistory, second: string): readonly LayerList[] {
  const past = entries.filter(({ time }) => secondOf(time) <= second);
  const last = past.findLast(showsList);
  const shown =
    last === undefined ? [] : past.filter((entry) => isOfOneSecond(entry, last) && showsList(entry));
  const since = past.filter((entry) => !showsList(entry) && (last === undefined || isBehind(entry, last)));
  const known = last === undefined && before?.layers !== undefined ? [before.layers] : listsOf(shown);
  const lists = distinctLists([...known, ...listsOf(since.slice(-1))]);
  return lists.length === 0 ? [undefined] : lists;
}

function isBehind(entry: HistoryEntry, other: HistoryEntry): boolean {
  return secondOf(entry.time) >= secondOf(other.time);
}

function listsOf(entries: readonly HistoryEntry[]): readonly LayerList[] {
  return distinctLists(entries.map(({ layers }) => layers));
}

/**
 * The lists that the function may have had just before an entry. Entries of one second have no order, so each of the
 * others may have come first.
 */
export function listsBefore(history: FunctionHistory, entry: HistoryEntry): readonly LayerList[] {
  const others = history.entries.filter(
    (other) => isOfOneSecond(other, entry) && other.recordId !== entry.recordId,
  );
  if (isRepeatWithinSecond(history, entry, others)) return [entry.layers];
  const earlier = listsAtEndOf(history, secondBefore(entry.time));
  return distinctLists([...earlier, ...listsOf(others)]);
}

function secondBefore(time: IsoTime): string {
  return new Date(Date.parse(`${secondOf(time)}Z`) - 1_000).toISOString().slice(0, 19);
}

/**
 * Of equal calls that one actor made within a second, and nobody made another, one set the list and the others repeated
 * it: the one with the lowest record id counts as the first. A call that a crowded second has no place for is a repeat, too.
 */
function isRepeatWithinSecond(
  { entries }: FunctionHistory,
  entry: HistoryEntry,
  others: readonly HistoryEntry[],
): boolean {
  const twins = twinsAmong(entry, others);
  const isStored = entries.some(({ recordId }) => recordId === entry.recordId);
  const isAlone = others.filter(showsList).every(({ layers }) => sameList(layers, entry.layers));
  if (!isStored) return twins.length > 0;
  return isAlone && twins.some(({ recordId }) => recordId < entry.recordId);
}

/** Equal calls of the same actor, address and second, among some entries. */
export function twinsAmong(entry: HistoryEntry, others: readonly HistoryEntry[]): readonly HistoryEntry[] {
  if (entry.source !== 'call' || entry.layers === undefined) return [];
  return others.filter(
    (other) =>
      other.source === 'call' &&
      isOfOneSecond(other, entry) &&
      other.recordId !== entry.recordId &&
      sameList(other.layers, entry.layers) &&
      other.actor === entry.actor &&
      other.sourceAddress === entry.sourceAddress,
  );
}

/**
 * Record ids of the calls that are the same news as an entry: the same list by the same actor from the same address, with no other
 * list in between, on the same function and not on one that was made anew under its name. Of these the first one set the list and the
 * others repeated it, and records may come in any order: people who were notified of one were notified of all.
 */
export function sameNewsAs({ entries }: FunctionHistory, entry: HistoryEntry): readonly string[] {
  if (entry.source !== 'call' || entry.layers === undefined) return [];
  const same = runAround(entries, entry).filter(
    ({ source, actor, sourceAddress }) =>
      source === 'call' && actor === entry.actor && sourceAddress === entry.sourceAddress,
  );
  return same.map(({ recordId }) => recordId).filter((id) => id !== entry.recordId);
}

/**
 * The entries around one, as far as all of them show its list on the same function. A second that shows another list as well has no
 * order, so it ends a run as a whole, and an entry within it is a run of its own.
 */
function runAround(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  const at = entries.findIndex(({ recordId }) => recordId === entry.recordId);
  if (at < 0) return twinsAmong(entry, entries);
  const others = entries.filter((other) => !showsList(other) || !sameList(other.layers, entry.layers));
  const mixedSeconds = new Set(others.map(({ time }) => secondOf(time)));
  const isOther = ({ time }: HistoryEntry) => mixedSeconds.has(secondOf(time));
  if (isOther(entry)) return [entry];
  const from = entries.slice(0, at).findLastIndex(isOther) + 1;
  const behind = entries.slice(at).findIndex(isOther);
  return entries.slice(from, behind < 0 ? undefined : at + behind);
}

/**
 * The other entries whose verdicts, or whose news, may depend on one: those of its second, those of the first second behind it
 * that shows the function's list, and the first second of the equal calls before it, which a late entry parts from those behind it.
 */
export function entriesJudgedBy({ entries }: FunctionHistory, entry: HistoryEntry): readonly HistoryEntry[] {
  const shown = entries.filter((other) => showsList(other) && other.recordId !== entry.recordId);
  const next = shown.find(({ time }) => secondOf(time) > secondOf(entry.time));
  const parted = next === undefined ? [] : beginningOfRunBefore(shown, entry);
  return shown.filter(
    (other) =>
      isOfOneSecond(other, entry) ||
      (next !== undefined && isOfOneSecond(other, next)) ||
      parted.includes(other),
  );
}

/** Entries of the first second of the run that ends before an entry. */
function beginningOfRunBefore(shown: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  const before = shown.filter(({ time }) => secondOf(time) < secondOf(entry.time));
  const last = before.at(-1);
  const run = last === undefined ? [] : runAround(before, last);
  return run.filter((other) => run[0] !== undefined && isOfOneSecond(other, run[0]));
}

/** The list that the function has as far as is known; `undefined` also where calls of one second leave it open. */
export function latestList(history: FunctionHistory): LayerList {
  const [list, ...others] = listsAtEndOf(history, '9999');
  return others.length === 0 ? list : undefined;
}
