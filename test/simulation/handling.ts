import type { Handled } from './evidence';

/** Notes when which record is worked on, by whichever door it came. */
export class Handling {
  private readonly byCall = new Map<number, Handled>();

  get handled(): ReadonlyMap<number, Handled> {
    return this.byCall;
  }

  /** Answers with what notes the end. */
  begin(callId: number, now: number): (end: number, isDone: boolean) => void {
    const known = this.byCall.get(callId) ?? { started: now, done: Number.POSITIVE_INFINITY, spans: [] };
    const open = { from: now, to: Number.POSITIVE_INFINITY };
    this.byCall.set(callId, { ...known, spans: [...known.spans, open] });
    return (end, isDone) => {
      const noted = this.byCall.get(callId) ?? known;
      const spans = noted.spans.map((span) => (span === open ? { ...open, to: end } : span));
      this.byCall.set(callId, { ...noted, spans, done: isDone ? Math.min(noted.done, end) : noted.done });
    };
  }
}
