import { bareLayer } from './arn';
import { isLayerVersionArn } from './aws-grammar';
import type { FunctionArn, IsoTime } from './brands';
import { distinctLists, type FunctionHistory, type HistoryEntry, type LayerList, secondOf } from './history';

/** How a function has a layer, as far as its history says. */
export interface LayerUse {
  /** ARNs of the versions that it has; more than one where calls of one second leave it open. */
  readonly versions: readonly string[];
  readonly since: IsoTime;
  /** Whether a call put the layer there at that time; else it was there by then at the latest. */
  readonly isExact: boolean;
  /** Who made the call, as alerts group by it; `undefined` where no call is known. */
  readonly actor: string | undefined;
  /** ARN of the version that was there before, where the call replaced one; `undefined` where none or more than one may have been. */
  readonly replaced: string | undefined;
}

/** ARNs are of 300 characters at most where they fit the grammar of AWS; others are in no index. */
const maxFunctionArnLength = 300;

/** Layers, without version, that a function may have now and that the index of layers lists it under. */
export function indexedLayers(functionArn: FunctionArn, history: FunctionHistory): readonly string[] {
  if (functionArn.length > maxFunctionArnLength) return [];
  return [...new Set(listsNow(history).flat().filter(isLayerVersionArn).map(bareLayer))];
}

/** What a write of a history changes of its function in the index. */
export interface IndexChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Histories of releases without the index have version 0 when they are read, and are in it from their first write on. */
export function indexChange(
  functionArn: FunctionArn,
  read: FunctionHistory,
  next: FunctionHistory,
): IndexChange {
  const before = read.version === 0 ? [] : indexedLayers(functionArn, read);
  const after = indexedLayers(functionArn, next);
  return {
    added: after.filter((layer) => !before.includes(layer)),
    removed: before.filter((layer) => !after.includes(layer)),
  };
}

/** How a function has a layer, or one version of it, by its ARN; `undefined` where it has it not. */
export function layerUseOf(history: FunctionHistory, layer: string): LayerUse | undefined {
  const isIt = (arn: string) => arn === layer || bareLayer(arn) === layer;
  const versions = [...new Set(listsNow(history).flat().filter(isIt))];
  if (versions.length === 0) return undefined;
  const seconds = secondsOf(history);
  const hasIt = ({ layers }: HistoryEntry) => layers?.some(isIt) === true;
  const from = seconds.findLastIndex((entries) => !entries.some(hasIt)) + 1;
  const first = seconds[from]?.find(hasIt);
  const { before } = history;
  if (before !== undefined && (first === undefined || (from === 0 && before.layers?.some(isIt) === true)))
    return { versions, since: before.time, isExact: false, actor: undefined, replaced: undefined };
  if (first === undefined) return undefined;
  return {
    versions,
    since: first.time,
    isExact: first.source === 'call' || first.source === 'created',
    actor: first.actor,
    replaced: replacedBy(from === 0 ? before?.layers : onlyListOf(seconds[from - 1] ?? []), layer),
  };
}

/** Entries that say which layers the function had, by their seconds: within one they have no order. */
function secondsOf({ entries }: FunctionHistory): readonly (readonly HistoryEntry[])[] {
  const known = entries.filter(saysLayers);
  const seconds = new Set(known.map(({ time }) => secondOf(time)));
  return [...seconds].map((second) => known.filter(({ time }) => secondOf(time) === second));
}

function saysLayers({ source, layers }: HistoryEntry): boolean {
  return source === 'deleted' || layers !== undefined;
}

/** `undefined` where there is none, or more than one. */
function onlyListOf(entries: readonly HistoryEntry[]): LayerList {
  const [list, ...others] = distinctLists(entries.map(({ layers }) => layers));
  return others.length === 0 ? list : undefined;
}

function replacedBy(list: LayerList, layer: string): string | undefined {
  const versions = (list ?? []).filter((arn) => bareLayer(arn) === bareLayer(layer));
  return versions.length === 1 ? versions[0] : undefined;
}

/** The lists that a function may have now: those of its last second. None where it was deleted. */
function listsNow(history: FunctionHistory): readonly (readonly string[])[] {
  const last = secondsOf(history).at(-1) ?? [{ source: 'listing', layers: history.before?.layers }];
  return last.flatMap(({ source, layers }) => (source === 'deleted' || layers === undefined ? [] : [layers]));
}
