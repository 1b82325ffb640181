import { Random } from '../random';
import type { VirtualTime } from './virtual-time';

/** What code gets from `setTimeout`: enough of Node's object for the code that holds it. */
class VirtualTimeout {
  constructor(readonly cancel: () => void) {}

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }
}

/**
 * Gives timers and chance of this process to the simulation: the delays between the SDK's attempts pass in virtual time and are
 * those of the seed. A timer belongs to the container that set it and dies with it. Answers with what undoes it.
 */
export function installVirtualGlobals(time: VirtualTime, seed: number): () => void {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const realRandom = Math.random;
  const random = new Random(seed, 'Math.random');
  const set = (run: (...given: unknown[]) => void, delay = 0, ...given: unknown[]) =>
    new VirtualTimeout(time.after(delay, () => run(...given), time.running));
  const clear = (timeout: unknown) => {
    if (timeout instanceof VirtualTimeout) timeout.cancel();
    else real.clearTimeout(timeout as NodeJS.Timeout | undefined);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  Math.random = () => random.next();
  return () => {
    Object.assign(globalThis, real);
    Math.random = realRandom;
  };
}
