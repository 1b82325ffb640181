import type { IsoTime } from '../detection/brands';
import { type FunctionHistory, type HistoryEntry, sameList } from '../detection/history';
import { keptList } from '../detection/history-entry';
import { latestList } from '../detection/history-lists';
import type { ListedFunction } from './ports';

/**
 * What a listing of a function adds to its history.
 *
 * - `nothing`: the history says the same, or knows a later call.
 * - `too-early`: the record that explains the difference may still come.
 * - `first`: no list was known, or a release before 0.3 noted the same one, whose layers are in no index yet.
 * - `drift`: another list was known, and there was time enough to hear of a call.
 */
export type ListingVerdict =
  | { readonly kind: 'nothing' | 'too-early' }
  | { readonly kind: 'first' | 'drift'; readonly entry: HistoryEntry };

/**
 * `eventTime` is when a call was completed and runs up to five seconds behind the function's own time of modification (seen in
 * real records). A listing is placed a minute behind that time, so that it never stands before the call that it shows.
 */
const marginMilliseconds = 60_000;

/** Events take up to a quarter of an hour as a rule; within this time another list is a record on its way. */
const driftGraceMilliseconds = 60 * 60_000;

/** Compares a listed function with its history; `history` is `undefined` where nothing is known of it. */
export function compareWithListing(
  listed: ListedFunction,
  history: FunctionHistory | undefined,
  nowMilliseconds: number,
): ListingVerdict {
  const layers = keptList(listed.layers);
  const shownAt = listed.lastModified + marginMilliseconds;
  if (layers === undefined || Number.isNaN(shownAt) || shownAt > nowMilliseconds)
    return { kind: 'too-early' };
  const time = new Date(shownAt).toISOString();
  const entry: HistoryEntry = { time, recordId: `listing#${time}`, source: 'listing', layers };
  const known = history === undefined ? undefined : latestList(history);
  const isOld = history?.version === 0 && sameList(known, layers);
  if (isOld) return { kind: 'first', entry: behind(history, entry) };
  if (history !== undefined && lastTime(history) >= time) return { kind: 'nothing' };
  if (known === undefined) return { kind: 'first', entry };
  if (sameList(known, layers)) return { kind: 'nothing' };
  if (nowMilliseconds - listed.lastModified < driftGraceMilliseconds) return { kind: 'too-early' };
  return { kind: 'drift', entry };
}

/** The entry a second behind all that is known. */
function behind(history: FunctionHistory, entry: HistoryEntry): HistoryEntry {
  const latest = Math.max(Date.parse(lastTime(history)) + 1_000, Date.parse(entry.time));
  const time = new Date(latest).toISOString();
  return { ...entry, time, recordId: `listing#${time}` };
}

function lastTime({ entries, before }: FunctionHistory): IsoTime {
  return entries.at(-1)?.time ?? before?.time ?? '';
}
