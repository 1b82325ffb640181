/** Stands for the end of a process in the middle of its work. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export type Side = 'before' | 'after';

/** A port whose one method crashes before or after its work; `done` says whether it did. */
export function crashingAt<T extends object>(
  port: T,
  method: string,
  side: Side,
  done: { crashed: boolean },
): T {
  return new Proxy(port, {
    get(target, name) {
      const found = Reflect.get(target, name) as unknown;
      if (typeof found !== 'function') return found;
      if (name !== method) return found.bind(target);
      return async (...given: unknown[]) => {
        if (done.crashed) return found.apply(target, given);
        done.crashed = true;
        if (side === 'after') await found.apply(target, given);
        throw new Crash(`${side} ${method}`);
      };
    },
  });
}
