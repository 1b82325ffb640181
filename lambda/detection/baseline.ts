import type { Call } from './call';
import { answeredLayers } from './call';
import { at, text } from './json';
import type { CloudTrailRecord } from './record';

/** The last known layers of one function. */
export interface Baseline {
  /** Ordered layer version ARNs; `undefined` where not known: after a deletion, or after two calls of one second. */
  readonly layers: readonly string[] | undefined;
  /** ISO 8601 UTC: time of the call that set it; of the function's last modification where it was seeded. */
  readonly setAt: string;
  /** Identity of the record that set it, or `seed`. */
  readonly setBy: string;
  /** The list before it, so that a record processed again sees the same change. */
  readonly before: readonly string[] | undefined;
  /** Of a seed: the revision that was listed. */
  readonly revisionId?: string | undefined;
}

export const seeded = 'seed';

/** What a call leaves on the function: its list, `unknown`, or `untouched` where the list stays what it was. */
export type LayersAfter = readonly string[] | 'unknown' | 'untouched';

/** Where a record stands among those that are known of its function. */
export type Place = 'first' | 'newest' | 'own' | 'same-time' | 'older';

export interface Placement {
  readonly place: Place;
  /** Layers before the call; `undefined` where no baseline older than the record tells. */
  readonly before: readonly string[] | undefined;
}

/** Lambda allows five layers of 140 characters (Lambda quotas); a list far beyond that is not kept. */
const maxLayers = 50;
const maxArnLength = 500;

/**
 * `eventTime` is when a call was completed and runs up to five seconds behind the function's own time of modification,
 * so a seed can already hold what a record is about to tell. Without that time in the record, a minute decides.
 */
const seedMarginMilliseconds = 60_000;

/** Places a record by event time. A record without a time, or of the baseline's own second, is never its successor. */
export function placeRecord(record: CloudTrailRecord, baseline: Baseline | undefined): Placement {
  if (record.eventTime === undefined) return { place: 'older', before: undefined };
  if (baseline === undefined) return { place: 'first', before: undefined };
  if (baseline.setBy === record.identityId) return { place: 'own', before: baseline.before };
  const setAt = Date.parse(baseline.setAt);
  const time = baseline.setBy === seeded ? timeAgainstSeed(record, baseline) : record.eventTime.getTime();
  if (time > setAt) return { place: 'newest', before: baseline.layers };
  return { place: time === setAt ? 'same-time' : 'older', before: undefined };
}

/** Milliseconds; a time that cannot be newer than the seed where the record may be what the seed already shows. */
function timeAgainstSeed(record: CloudTrailRecord, seed: Baseline): number {
  const revisionId = text(at(record.responseElements, 'revisionId'));
  const modified = Date.parse(text(at(record.responseElements, 'lastModified')) ?? '');
  const completed = record.eventTime?.getTime() ?? 0;
  if (revisionId !== undefined && revisionId === seed.revisionId) return Date.parse(seed.setAt) - 1;
  return Number.isNaN(modified) ? completed - seedMarginMilliseconds : Math.min(modified, completed);
}

/** What an update leaves on its function, by its request, else by its response. */
export function layersAfter(record: CloudTrailRecord, { asked }: Call): LayersAfter {
  if (asked.kind === 'publish' || asked.kind === 'tampering') return 'untouched';
  if (asked.kind === 'layers') return keepable(asked.layers);
  const answered = answeredLayers(record);
  if (answered !== undefined) return keepable(answered);
  return asked.kind === 'no-layers' ? 'untouched' : 'unknown';
}

export function keepable(layers: readonly string[]): LayersAfter {
  const fits = layers.length <= maxLayers && layers.every((arn) => arn.length <= maxArnLength);
  return fits ? layers : 'unknown';
}

/** The baseline once the record is known; `undefined` where it stays what it is. */
export function nextBaseline(
  record: CloudTrailRecord,
  after: LayersAfter,
  { place, before }: Placement,
  baseline: Baseline | undefined,
): Baseline | undefined {
  if (after === 'untouched' || record.eventTime === undefined) return undefined;
  const layers = after === 'unknown' ? undefined : after;
  if (place === 'same-time') return withoutOrder(baseline, layers);
  if (place !== 'first' && place !== 'newest') return undefined;
  return { layers, setAt: record.eventTime.toISOString(), setBy: record.identityId, before };
}

/** Nobody can tell which of two calls of one second came last: unless they agree, the layers are not known. */
function withoutOrder(
  baseline: Baseline | undefined,
  layers: readonly string[] | undefined,
): Baseline | undefined {
  if (baseline?.layers === undefined || sameList(baseline.layers, layers)) return undefined;
  return { ...baseline, layers: undefined };
}

export function sameList(a: readonly string[], b: readonly string[] | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((arn, index) => arn === b[index]);
}

/** What an analyst has to know of a record that has no older baseline; `undefined` for every other. */
export function orderNote({ place }: Placement, baseline: Baseline | undefined): string | undefined {
  if (baseline === undefined || (place !== 'older' && place !== 'same-time')) return undefined;
  const when =
    place === 'older' ? `a later call or listing of ${baseline.setAt}` : 'another call of the same second';
  if (baseline.layers === undefined) return `${when} is known`;
  const left = baseline.layers.length === 0 ? 'no layers' : baseline.layers.map(shortArn).join(', ');
  return `${when} is known; it left ${left} on the function`;
}

/** `base:4` of a layer version's ARN. */
function shortArn(arn: string): string {
  return arn.split(':').slice(6).join(':') || arn;
}
