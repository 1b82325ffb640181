import type { Evidence } from '../evidence';

/** Law 1: an event that is handed over again without faults is done. */
export function noEventIsStuck({ stuck }: Evidence): readonly string[] {
  return stuck.map((name) => `${name} is still in a queue`);
}

/** Law 9: a sweep without faults finishes. */
export function lastSweepFinishes({ lastSweepError }: Evidence): readonly string[] {
  return lastSweepError === undefined ? [] : [`the last sweep: ${lastSweepError}`];
}
