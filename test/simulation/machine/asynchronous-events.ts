import { Random } from '../random';
import type { SimulatedFunction } from './simulated-function';
import type { VirtualTime } from './virtual-time';

/** An event on its way to the function. */
export interface DeliveredEvent {
  /** Names the call and the delivery. */
  readonly name: string;
  readonly callId: number;
  readonly payload: unknown;
}

/** Lambda tries again after about one minute, then after about two (asynchronous invocation). */
const retryDelaysMilliseconds: readonly number[] = [60_000, 120_000];

/** Lambda's queue of asynchronous events: two more attempts, then the on-failure destination. */
export class AsynchronousEvents {
  /** The on-failure queue, and what the rule could not hand over. */
  failed: DeliveredEvent[] = [];

  constructor(
    private readonly seed: number,
    private readonly detector: SimulatedFunction<unknown>,
    private readonly time: VirtualTime,
    private readonly progress: {
      readonly started: (callId: number) => void;
      readonly done: (callId: number) => void;
    },
  ) {}

  deliver(event: DeliveredEvent, attempt = 1): void {
    this.progress.started(event.callId);
    this.detector.invoke(`${event.name} attempt ${attempt}`, event.payload, (end) => {
      if (end === 'succeeded') this.progress.done(event.callId);
      else this.retry(event, attempt);
    });
  }

  /** As `layerwatch redrive` does: every event of the queues is handed to the detector again. */
  redrive(run: number): void {
    const events = this.failed;
    this.failed = [];
    for (const event of events) this.deliver({ ...event, name: `${event.name} redrive ${run}` });
  }

  private retry(event: DeliveredEvent, attempt: number): void {
    const delay = retryDelaysMilliseconds[attempt - 1];
    if (delay === undefined) {
      this.failed.push(event);
      return;
    }
    const jitter = new Random(this.seed, 'retry', event.name, attempt).between(0.8, 1.2);
    this.time.after(delay * jitter, () => this.deliver(event, attempt + 1), undefined);
  }
}
