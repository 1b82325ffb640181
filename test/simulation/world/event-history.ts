import { Random } from '../random';
import type { Call } from './calls';
import { eventNameOf, eventTimeOf, recordOf } from './records';

export interface HistoryQuestion {
  readonly eventName: string;
  readonly from: Date;
  readonly to: Date;
  readonly nextToken: string | undefined;
}

export interface HistoryPage {
  readonly records: readonly unknown[];
  readonly nextToken: string | undefined;
}

/** Small, so that the simulation turns pages. */
const pageSize = 4;

/** CloudTrail shows an event within 15 minutes as a rule. */
const maxLagMilliseconds = 14 * 60_000;

/** CloudTrail's event history: what has appeared by now, the latest first, page by page. */
export class ModelledEventHistory {
  constructor(
    private readonly seed: number,
    private readonly calls: readonly Call[],
  ) {}

  /** `now` in milliseconds since the epoch. */
  lookUp(
    { eventName, from, to, nextToken }: HistoryQuestion,
    now: number,
  ): HistoryPage & { calls: readonly Call[] } {
    const found = this.calls.filter((call) => {
      const time = Date.parse(eventTimeOf(call));
      const isAsked = eventNameOf(call) === eventName && time >= from.getTime() && time <= to.getTime();
      return isAsked && call.time + this.lagOf(call) <= now;
    });
    const first = Number(nextToken ?? 0);
    const calls = found.reverse().slice(first, first + pageSize);
    const next = first + pageSize;
    return {
      calls,
      records: calls.map((call) => recordOf(call)),
      nextToken: next < found.length ? String(next) : undefined,
    };
  }

  private lagOf({ id }: Call): number {
    const random = new Random(this.seed, 'appears', id);
    return random.chance(0.3) ? random.between(5_000, 60_000) : random.between(60_000, maxLagMilliseconds);
  }
}
