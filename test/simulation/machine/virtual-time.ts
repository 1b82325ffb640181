import { EventQueue } from './event-queue';

/** What may run only as long as it lives: a container of a function. */
export interface Owner {
  readonly alive: boolean;
}

interface Scheduled {
  readonly run: () => void | Promise<void>;
  readonly owner: Owner | undefined;
  cancelled: boolean;
}

/** More than any seed needs; a simulation beyond it does not end. */
const maxSteps = 300_000;

/**
 * Time that moves from one scheduled step to the next. One step runs at a time, and the next begins when nothing is left
 * that the step could still do by itself: so one process plays all workers, and the order of the steps is the seed's.
 */
export class VirtualTime {
  private readonly queue = new EventQueue<Scheduled>();
  private current: Owner | undefined;
  private steps = 0;

  /** Milliseconds since the epoch. */
  constructor(private milliseconds: number) {}

  now(): number {
    return this.milliseconds;
  }

  /** Runs later; not at all where its owner has died by then. */
  after(delayMilliseconds: number, run: Scheduled['run'], owner: Owner | undefined): () => void {
    const scheduled: Scheduled = { run, owner, cancelled: false };
    this.queue.add(this.milliseconds + Math.max(0, delayMilliseconds), scheduled);
    return () => {
      scheduled.cancelled = true;
    };
  }

  at(milliseconds: number, run: Scheduled['run']): void {
    this.after(milliseconds - this.milliseconds, run, undefined);
  }

  /** The owner of the step that runs now. */
  get running(): Owner | undefined {
    return this.current;
  }

  /** Runs `work` as a part of the step, in the name of another owner. */
  as(owner: Owner | undefined, work: () => void): void {
    this.current = owner;
    work();
  }

  /** Runs every step until none is left. */
  async runAll(): Promise<void> {
    for (let next = this.queue.take(); next !== undefined; next = this.queue.take()) {
      const { time, value } = next;
      this.milliseconds = Math.max(this.milliseconds, time);
      if (value.cancelled || value.owner?.alive === false) continue;
      if (++this.steps > maxSteps) throw new Error(`the simulation did not end within ${maxSteps} steps`);
      this.current = value.owner;
      await value.run();
      await untilIdle();
      this.current = undefined;
    }
  }
}

/** Promises and `process.nextTick` come before the next turn of the event loop; nothing that is simulated waits otherwise. */
function untilIdle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
