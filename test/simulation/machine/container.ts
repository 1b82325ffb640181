import type { Owner } from './virtual-time';

export type InvocationEnd = 'succeeded' | 'failed' | 'killed' | 'timed-out';

/** One run of a function on one event. */
export class Invocation {
  private requests = 0;
  end: InvocationEnd | undefined;

  constructor(
    readonly name: string,
    readonly startedAt: number,
    private readonly onEnd: (end: InvocationEnd, error: unknown) => void,
  ) {}

  /** Names its requests in their order, the same in every run of the seed. */
  nextRequest(): string {
    return `${this.name} #${++this.requests}`;
  }

  finish(end: InvocationEnd, error?: unknown): void {
    if (this.end !== undefined) return;
    this.end = end;
    this.onEnd(end, error);
  }
}

/** An execution environment of a function: one process with a clock and clients of its own, one invocation at a time. */
export class Container implements Owner {
  private isAlive = true;
  private current: Invocation | undefined;

  constructor(
    readonly name: string,
    readonly skewMilliseconds: number,
    /** How much slower than others its requests are, where the scenario says so. */
    readonly slowness: number,
  ) {}

  get alive(): boolean {
    return this.isAlive;
  }

  /** The invocation that runs, or the last one: what it left undone runs on in its name. */
  get invocation(): Invocation {
    if (this.current === undefined) throw new Error(`${this.name} has not run yet`);
    return this.current;
  }

  begin(invocation: Invocation): void {
    this.current = invocation;
  }

  /** Nothing that it was about to do happens any more. */
  kill(end: 'killed' | 'timed-out'): void {
    this.isAlive = false;
    this.current?.finish(end);
  }
}
