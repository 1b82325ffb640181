import { type Baseline, keepable, sameList, seeded } from '../detection/baseline';
import type { ListedFunction } from './ports';

export type SeedVerdict =
  | { readonly kind: 'agrees' }
  /** No layers are known of the function: these become its baseline. */
  | { readonly kind: 'seed'; readonly baseline: Baseline }
  /** The layers are others than those of the last call that is known, and there was time enough to hear of another. */
  | { readonly kind: 'drift'; readonly baseline: Baseline | undefined };

/** Events take up to a quarter of an hour as a rule; within this time another list is a record on its way. */
const driftGraceMilliseconds = 60 * 60_000;

/** After this time no sweep finds the record any more, and the list that is there becomes the baseline. */
const driftAcceptMilliseconds = 24 * 60 * 60_000;

/** `eventTime` runs up to five seconds behind the function's own time of modification. */
const lagMilliseconds = 5_000;

/**
 * Compares a listed function with its baseline. A baseline that a record set is not replaced while the record of the
 * difference may still come: against the older list it shows what it changed.
 */
export function compareWithSeed(
  listed: ListedFunction,
  baseline: Baseline | undefined,
  nowMilliseconds: number,
): SeedVerdict {
  const layers = keepable(listed.layers);
  if (layers === 'unknown' || layers === 'untouched') return { kind: 'agrees' };
  const seed = (setAtMilliseconds: number): Baseline => ({
    layers,
    setAt: new Date(setAtMilliseconds).toISOString(),
    setBy: seeded,
    before: undefined,
    revisionId: listed.revisionId,
  });
  if (baseline === undefined) return { kind: 'seed', baseline: seed(listed.lastModified) };
  const setAt = Date.parse(baseline.setAt);
  if (baseline.layers === undefined)
    return { kind: 'seed', baseline: seed(Math.max(setAt, listed.lastModified)) };
  if (sameList(layers, baseline.layers) || listed.lastModified <= setAt + lagMilliseconds)
    return { kind: 'agrees' };
  const age = nowMilliseconds - listed.lastModified;
  if (age < driftGraceMilliseconds) return { kind: 'agrees' };
  return {
    kind: 'drift',
    baseline: age < driftAcceptMilliseconds ? undefined : seed(listed.lastModified),
  };
}
