import type { Handling } from '../handling';
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
    private readonly handling: Handling,
  ) {}

  deliver(event: DeliveredEvent, attempt = 1): void {
    const noteEnd = this.handling.begin(event.callId, this.time.now());
    this.detector.invoke(`${event.name} attempt ${attempt}`, event.payload, (end) => {
      noteEnd(this.time.now(), end === 'succeeded');
      if (end !== 'succeeded') this.retry(event, attempt);
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
    this.time.at(this.retryTime(event, attempt, delay), () => this.deliver(event, attempt + 1));
  }
  /** Copies that were delivered together may well be tried again together: on the same whole second. */
  private retryTime({ name, callId }: DeliveredEvent, attempt: number, delay: number): number {
    const shared = new Random(this.seed, 'retry', callId, attempt);
    const isTogether = shared.chance(0.5);
    const random = isTogether ? shared : new Random(this.seed, 'retry', name, attempt);
    const time = this.time.now() + delay * random.between(0.8, 1.2);
    return isTogether ? Math.ceil(time / 1_000) * 1_000 : time;
  }
}
