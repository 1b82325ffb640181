import type { SweepMark } from './ports';

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** What a run looks through for one event name, the newest first, and what is lost before it. */
export interface SweepPlan {
  readonly spans: readonly [Span, ...Span[]];
  /** No run has looked through it, and none can any more. */
  readonly gap: Span | undefined;
}

const minute = 60_000;

/** The rule as published runs every ten minutes and looks back over 60. */
const everyMilliseconds = 10 * minute;
export const lookBackMilliseconds = 60 * minute;

/** CloudTrail shows an event in its history and delivers it to EventBridge within about 15 minutes. */
export const deliveryMilliseconds = 15 * minute;

/** How far a run reaches back after runs that failed. */
const maxLookBackMilliseconds = 24 * 60 * minute;

/**
 * The plan for one event name. A run that comes late reaches back as far before the mark as a run in time does, because events
 * take as long to appear. After a run that was cut off by a flood only the delivery time is looked through twice, so that a
 * sweep catches up.
 */
export function planSweep(now: Date, mark: SweepMark | undefined): SweepPlan {
  const earliest = now.getTime() - maxLookBackMilliseconds;
  const covered = mark === undefined ? now.getTime() : Date.parse(mark.coveredUntil);
  const rest = mark?.rest;
  const usual = Math.min(now.getTime(), covered + everyMilliseconds) - lookBackMilliseconds;
  const from = rest === undefined ? usual : covered - deliveryMilliseconds;
  const fresh = { from: new Date(Math.max(earliest, from)), to: now };
  const restFrom = rest === undefined ? covered : Date.parse(rest.from);
  return {
    spans: [fresh, ...restSpan(rest, earliest)],
    gap: restFrom < earliest ? { from: new Date(restFrom), to: new Date(earliest) } : undefined,
  };
}

function restSpan(rest: SweepMark['rest'], earliest: number): readonly Span[] {
  if (rest === undefined || Date.parse(rest.to) <= earliest) return [];
  return [{ from: new Date(Math.max(earliest, Date.parse(rest.from))), to: new Date(rest.to) }];
}

/** The mark after a run that came to the end of its plan. */
export function markAfter(now: Date): SweepMark {
  return { coveredUntil: now.toISOString() };
}

/** The mark after a run that was cut off: all spans are covered down to `reached`, the newest times being looked through first. */
export function markWhenCutOff(now: Date, spans: readonly Span[], reached: Date): SweepMark {
  const from = Math.min(...spans.map((span) => span.from.getTime()));
  return {
    coveredUntil: now.toISOString(),
    rest: { from: new Date(from).toISOString(), to: reached.toISOString() },
  };
}
