import type { Evidence } from '../evidence';
import { isRefused } from '../truth';

/** Law 1: an event that is handed over again without faults is done. */
export function noEventIsStuck(evidence: Evidence): readonly string[] {
  const { scenario, stuck } = evidence;
  const refused = new Set(scenario.calls.filter((call) => isRefused(call, evidence)).map(({ id }) => id));
  return stuck.filter(({ callId }) => !refused.has(callId)).map(({ name }) => `${name} is still in a queue`);
}

/** Law 9: a sweep without faults finishes. */
export function lastSweepFinishes({ scenario, lastSweepError }: Evidence): readonly string[] {
  return lastSweepError === undefined || scenario.refusedFunction !== undefined
    ? []
    : [`the last sweep: ${lastSweepError}`];
}
