import type { IsoTime, LayerVersionArn } from './brands';
import type { JsonObject } from './json';

/** An ordered list of layer versions; `undefined` where it is not known. */
export type LayerList = readonly LayerVersionArn[] | undefined;

/**
 * One thing that is known of a function's layers at one time.
 *
 * - `call`: an UpdateFunctionConfiguration with layers; `layers` is what it set. Of one that cannot be read: what its response showed.
 * - `response`: a call without layers; `layers` is what its response showed.
 * - `listing`: ListFunctions; `layers` is what it showed.
 * - `created`, `deleted`: the function came or went under this name.
 */
export interface HistoryEntry {
  /** Of a call its `eventTime`. */
  readonly time: IsoTime;
  /** Identity of the record; `listing#TIME` of a listing. */
  readonly recordId: string;
  readonly source: 'call' | 'response' | 'listing' | 'created' | 'deleted';
  readonly layers: LayerList;
  /** Who made the call, as alerts group by it; absent for a listing and where the function came or went. */
  readonly actor?: string | undefined;
  /** Where the call came from, as its record says. */
  readonly sourceAddress?: string | undefined;
  /** The record without secrets, so that it can be judged again; only the newest calls and responses keep it. */
  readonly record?: JsonObject | undefined;
}

/** The recent past of one function's layers: what every verdict on its calls is a function of. */
export interface FunctionHistory {
  /** By second, then by record id. */
  readonly entries: readonly HistoryEntry[];
  /** The list at the end of that second; what was earlier is no longer known. `undefined` where nothing was dropped. */
  readonly before: { readonly time: IsoTime; readonly layers: LayerList } | undefined;
  /** Number of writes; 0 where nothing is stored. */
  readonly version: number;
}

export const emptyHistory: FunctionHistory = { entries: [], before: undefined, version: 0 };

/** CloudTrail writes whole seconds: what happened within one has no order. */
export function secondOf(time: IsoTime): string {
  return time.slice(0, 19);
}

/** Whether two entries happened within the same second. */
export function isOfOneSecond(a: HistoryEntry, b: HistoryEntry): boolean {
  return secondOf(a.time) === secondOf(b.time);
}

export function sameList(a: LayerList, b: LayerList): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((arn, index) => arn === b[index]);
}

/** The lists, each once, in their order. */
export function distinctLists(lists: readonly LayerList[]): readonly LayerList[] {
  return lists.filter((list, at) => lists.findIndex((each) => sameList(each, list)) === at);
}
