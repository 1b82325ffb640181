import type { Evidence, Handled } from './evidence';
import { groupBy } from './group-by';
import type { AlertState } from './product-state';
import type { Scenario } from './scenario';
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

export function isNews({ effect, isHarmless }: Call): boolean {
  return alwaysNews.has(effect) && !(effect === 'unreadable' && isHarmless);
}

/** What may be news: by the owner of a layer that was taken off, or because a call cannot be read. */
const mayBeNewsByKind: ReadonlySet<Effect> = new Set(['removed', 'unreadable']);

/**
 * Whether the product may take a repeat for news: what was before is not known, another call of the same second leaves the order
 * open, or an earlier call of the function came in while this one was being handled or later.
 */
export function mayBeNews(call: Call, evidence: Evidence): boolean {
  return isNewsByItself(call) || isAmbiguous(call, evidence);
}

/** The same where all calls come in order. */
export function isNewsByItself(call: Call): boolean {
  return isNews(call) || mayBeNewsByKind.has(call.effect) || !call.isBeforeKnown;
}

/** Whether the order of this call and another one of its function cannot be seen in the order in which they came in. */
function isAmbiguous(call: Call, { scenario, handled }: Evidence): boolean {
  return (
    isAmongSameSecond(call, scenario.calls) ||
    scenario.calls.some((other) => isSameFunction(call, other) && cameOutOfOrder(call, other, handled))
  );
}

/** Whether nobody can say which list was there before: calls of one second, and the first one behind them. */
export function isAmongSameSecond(call: Call, calls: readonly Call[]): boolean {
  if (calls.some((other) => isSameSecond(call, other))) return true;
  const before = calls.findLast((other) => isSameFunction(call, other) && isBefore(other, call));
  return before !== undefined && calls.some((other) => isSameSecond(before, other));
}

/** Whether two calls on one function are of one second, so that nobody can say which came first. */
function isSameSecond(call: Call, other: Call): boolean {
  return isSameFunction(call, other) && eventTimeOf(other) === eventTimeOf(call);
}

function isSameFunction(call: Call, other: Call): boolean {
  return other.id !== call.id && other.functionName === call.functionName && isOnFunction(other);
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

/**
 * Ids of the calls that are the same news: one list that an actor sent again and again, with no other list in between. People
 * who were notified of one of them were notified of all.
 */
export function sameNewsAs(call: Call, calls: readonly Call[]): ReadonlySet<number> {
  const onFunction = calls.filter((other) => other.id === call.id || isSameFunction(call, other));
  const at = onFunction.indexOf(call);
  const isOther = (other: Call) => JSON.stringify(other.after) !== JSON.stringify(call.after);
  const from = onFunction.slice(0, at).findLastIndex(isOther) + 1;
  const behind = onFunction.slice(at).findIndex(isOther);
  const run = onFunction.slice(from, behind < 0 ? undefined : at + behind);
  const shown = showsListBy(call);
  const same = run.filter((other) => other.actor === call.actor && showsListBy(other) === shown);
  return new Set(shown === undefined ? [call.id] : same.map(({ id }) => id));
}

/** What of the record of a call shows the list that it set; `undefined` where nothing does. */
function showsListBy({ operation, effect, action }: Call): 'request' | 'answer' | undefined {
  if (operation !== 'update' || effect === 'no-layers') return undefined;
  if (action.kind !== 'omitted') return 'request';
  return action.isAnswered ? 'answer' : undefined;
}

/** Whether a call is about the function whose notifications SNS refuses: nothing can be published of it. */
export function isRefused({ functionName, operation }: Call, { scenario }: Evidence): boolean {
  return functionName === scenario.refusedFunction && operation !== 'publish' && operation !== 'stop-rule';
}

/** Whether an alert is about that function. */
export function isAboutRefused(target: string, { scenario }: Evidence): boolean {
  return scenario.refusedFunction !== undefined && target.endsWith(`:function:${scenario.refusedFunction}`);
}

/** Whether the exporter refuses the document of an alert for ever. */
export function isExportRefused({ target }: AlertState, { refusedExport }: Scenario): boolean {
  return refusedExport !== undefined && target.endsWith(`:function:${refusedExport.functionName}`);
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

/** The first of the calls; a flood has too many. */
export function describeCalls(calls: readonly Call[]): string {
  const shown = calls.slice(0, 6).map(describeCall).join(', ');
  return calls.length > 6 ? `${shown} and ${calls.length - 6} more` : shown;
}

/** `base:4` of the ARN of a layer version. */
export function shortList(layers: readonly string[] | null): string {
  return layers === null
    ? 'unknown'
    : `[${layers.map((arn) => arn.split(':').slice(6).join(':')).join(' ')}]`;
}
