import type { Evidence, Handled } from './evidence';
import { groupBy } from './group-by';
import type { Call, Effect } from './world/calls';
import { eventTimeOf, recordIdOf } from './world/records';

/** Matches of the rule, and tampering: what has to be in the alert table. */
const unmatched: ReadonlySet<Effect> = new Set(['lifecycle', 'denied']);

export function isMatch({ effect }: Call): boolean {
  return !unmatched.has(effect);
}

/** What has to be published whatever else is known: each attach, each published version, each call that hides something. */
const alwaysNews: ReadonlySet<Effect> = new Set([
  'added',
  'version-changed',
  'published',
  'unreadable',
  'tampering',
]);

export function isNews({ effect }: Call): boolean {
  return alwaysNews.has(effect);
}

/** Changes that may be news by the kind of what was taken off, and by nothing that the world decides. */
const mayBeNewsByKind: ReadonlySet<Effect> = new Set(['removed']);

/**
 * Whether the product may take a repeat for news: what was before is not known, another call of the same second leaves the order
 * open, or an earlier call of the function came in while this one was being handled or later.
 */
export function mayBeNews(call: Call, evidence: Evidence): boolean {
  if (isNews(call) || mayBeNewsByKind.has(call.effect)) return true;
  if (!call.isBeforeKnown) return true;
  return isAmbiguous(call, evidence);
}

/** Whether the order of this call and another one of its function cannot be seen in the order in which they came in. */
export function isAmbiguous(call: Call, { scenario, handled }: Evidence): boolean {
  return scenario.calls.some(
    (other) =>
      other.id !== call.id &&
      other.functionName === call.functionName &&
      isOnFunction(other) &&
      (eventTimeOf(other) === eventTimeOf(call) || cameOutOfOrder(call, other, handled)),
  );
}

function cameOutOfOrder(a: Call, b: Call, handled: ReadonlyMap<number, Handled>): boolean {
  const [earlier, later] = isBefore(a, b) ? [a, b] : [b, a];
  const [first, second] = [handled.get(earlier.id), handled.get(later.id)];
  return first === undefined || second === undefined || second.started < first.done;
}

function isBefore(a: Call, b: Call): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}

function isOnFunction({ operation }: Call): boolean {
  return operation === 'update' || operation === 'create' || operation === 'delete';
}

/** The matches that one alert counts, in their true order. */
export function callsByAlert({ scenario, inOrder }: Evidence): ReadonlyMap<string, readonly Call[]> {
  const counted = scenario.calls.filter(({ id }) => inOrder.alertIds.has(id));
  return groupBy(counted, ({ id }) => inOrder.alertIds.get(id) ?? '');
}

/** A document lists so many records by id. */
export const maxListedRecords = 100;

export function describeCall(call: Call): string {
  return `call ${call.id} (${call.effect} ${call.functionName} ${eventTimeOf(call).slice(11, 19)}, record ${recordIdOf(call).slice(-4)})`;
}
