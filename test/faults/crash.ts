/** Stands for the end of a process in the middle of its work. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export type Side = 'before' | 'after';

/** Where a process ends: before or after its n-th call out of itself, counted from 0. */
export interface CrashPoint {
  readonly call: number;
  readonly side: Side;
}

/** Names every call that goes through some ports, and ends the process at one of them. */
export class CallLog {
  readonly names: string[] = [];
  private isDown = false;

  constructor(private readonly crash?: CrashPoint) {}

  /** The same ports, their calls named; what has no methods stays as it is. */
  through<T extends object>(ports: T, watched: readonly (keyof T & string)[]): T {
    const seen = watched.map((name) => [name, this.port(name, ports[name] as object)] as const);
    return { ...ports, ...Object.fromEntries(seen) };
  }

  private port(portName: string, port: object): object {
    return new Proxy(port, {
      get: (target, name) => {
        const found = Reflect.get(target, name) as unknown;
        if (typeof found !== 'function') return found;
        const call = `${portName}.${String(name)}`;
        const work = (given: unknown[]) => found.apply(target, given) as unknown;
        return (...given: unknown[]) =>
          name === 'list' ? this.listed(call, work, given) : this.made(call, work, given);
      },
    });
  }

  private async made(call: string, work: (given: unknown[]) => unknown, given: unknown[]): Promise<unknown> {
    const isHere = this.count(call);
    if (isHere && this.crash?.side === 'before') this.end(call);
    const result = await work(given);
    if (isHere) this.end(call);
    return result;
  }

  private async *listed(call: string, work: (given: unknown[]) => unknown, given: unknown[]) {
    if (this.count(call)) this.end(call);
    yield* work(given) as AsyncIterable<unknown>;
  }

  /** Whether the process ends at this call. One that has ended makes no more calls. */
  private count(call: string): boolean {
    if (this.isDown) throw new Crash('the process has ended');
    this.names.push(call);
    return this.names.length - 1 === this.crash?.call;
  }

  private end(call: string): never {
    this.isDown = true;
    throw new Crash(`${this.crash?.side} ${call}`);
  }
}

/** Runs what ends in the middle, and nothing else. */
export async function untilCrash(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isCrash(error)) throw error;
  }
}

function isCrash(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isCrash);
  return error instanceof Crash;
}
