import { shortLayer } from '../text/format';
import type { Call } from './call';
import { type HistoryEntry, type LayerList, sameList, secondOf } from './history';
import type { Insertion } from './history-insert';
import { entriesJudgedBy, listsBefore } from './history-lists';

/**
 * Why a call cannot be judged as it should be, as phrases of which each is shown by itself; `undefined` where it can. Such a call is
 * notified even where it seems to change nothing: it may hide what another one did.
 */
export function doubtAbout(
  { asked }: Call,
  entry: HistoryEntry | undefined,
  insertion: Insertion | undefined,
): readonly string[] | undefined {
  const own = asked.kind === 'layers' ? doubtAboutPlace(entry, insertion) : undefined;
  return own ?? lostSuccessors(entry, insertion);
}

/** Why it is not known which list a call that sets layers was made upon. */
function doubtAboutPlace(
  entry: HistoryEntry | undefined,
  insertion: Insertion | undefined,
): readonly string[] | undefined {
  if (entry === undefined) return ['where it stands among the calls of its function is not known'];
  switch (insertion?.outcome) {
    case 'too-old':
      return [tooOld(insertion)];
    case 'crowded':
      return ['more calls of its function happened within its second than Lambda can make'];
    case 'inserted':
    case 'known':
    case undefined:
      return undefined;
  }
}

function tooOld({ history }: Insertion): string {
  const { layers, time } = history.before ?? {};
  const left = layers === undefined ? 'others' : describeList(layers);
  return `it is older than the calls that are kept of its function; at ${time} the function had ${left}`;
}

/**
 * Calls within its second or behind it that put layers back upon the list that this one shows, and that nobody can judge again without
 * their records; the newest first. A call that shows the list of before changes no verdict.
 */
function lostSuccessors(
  entry: HistoryEntry | undefined,
  insertion: Insertion | undefined,
): readonly string[] | undefined {
  if (entry === undefined || insertion === undefined) return undefined;
  const { history, outcome } = insertion;
  if (outcome === 'too-old' || outcome === 'crowded') return undefined;
  if (listsBefore(history, entry).every((list) => sameList(list, entry.layers))) return undefined;
  const lost = entriesJudgedBy(history, entry).filter(
    ({ time, source, record, layers }) =>
      source === 'call' &&
      record === undefined &&
      secondOf(time) >= secondOf(entry.time) &&
      addsTo(entry.layers, layers),
  );
  return lost.length === 0 ? undefined : lost.map(describeLost).reverse();
}

/** Time and event come first: a long phrase is cut where it is shown. */
function describeLost({ layers, time, recordId }: HistoryEntry): string {
  return `at ${time} event ${recordId}, whose record is no longer kept, put back ${describeList(layers)}`;
}

function addsTo(before: LayerList, after: LayerList): boolean {
  const had = new Set(before);
  return after === undefined || after.some((arn) => !had.has(arn));
}

function describeList(layers: LayerList): string {
  if (layers === undefined) return 'unknown layers';
  return layers.length === 0 ? 'no layers' : layers.map(shortLayer).join(', ');
}
