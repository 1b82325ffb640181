import { shortLayer } from '../text/format';
import type { Call } from './call';
import type { HistoryEntry, LayerList } from './history';
import type { Insertion } from './history-insert';
import { entriesJudgedBy } from './history-lists';

/**
 * Why a call that sets layers cannot be judged as it should be, as a phrase; `undefined` where it can. Such a call is notified
 * even where it seems to change nothing: it may hide what another one did.
 */
export function doubtAbout(
  { asked }: Call,
  entry: HistoryEntry | undefined,
  insertion: Insertion | undefined,
): string | undefined {
  if (asked.kind !== 'layers') return undefined;
  if (entry === undefined) return 'where it stands among the calls of its function is not known';
  if (insertion === undefined) return undefined;
  switch (insertion.outcome) {
    case 'too-old':
      return tooOld(insertion);
    case 'crowded':
      return 'more calls of its function happened within its second than Lambda can make';
    case 'inserted':
    case 'known':
      return lostSuccessors(insertion, entry);
  }
}

function tooOld({ history }: Insertion): string {
  const { layers, time } = history.before ?? {};
  const left = layers === undefined ? 'others' : describeList(layers);
  return `it is older than the calls that are kept of its function; at ${time} the function had ${left}`;
}

/** Calls that put layers back behind this one, or within its second, cannot be judged again without their records. */
function lostSuccessors({ history }: Insertion, entry: HistoryEntry): string | undefined {
  const lost = entriesJudgedBy(history, entry).filter(
    ({ source, record, layers }) => source === 'call' && record === undefined && addsTo(entry.layers, layers),
  );
  if (lost.length === 0) return undefined;
  return lost.map(describeLost).join('; ');
}

function describeLost({ layers, time, recordId }: HistoryEntry): string {
  return `another call put ${describeList(layers)} on the function at ${time} (event ${recordId}), and its record is no longer kept`;
}

function addsTo(before: LayerList, after: LayerList): boolean {
  const had = new Set(before);
  return after === undefined || after.some((arn) => !had.has(arn));
}

function describeList(layers: LayerList): string {
  if (layers === undefined) return 'unknown layers';
  return layers.length === 0 ? 'no layers' : layers.map(shortLayer).join(', ');
}
