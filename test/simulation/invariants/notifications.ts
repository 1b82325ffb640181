import type { Evidence } from '../evidence';
import type { AlertState, Published } from '../product-state';
import { describeCall, isAboutRefused, isNews, isRefused, maxListedRecords, sameNewsAs } from '../truth';
import { callIdOf, recordIdOf } from '../world/records';

/** Law 4: every attach, published version and hidden call has a notification of its own or is in a digest. */
export function allNewsIsPublished(evidence: Evidence): readonly string[] {
  const { scenario, messages, inOrder } = evidence;
  const published = publishedCallIds(messages.map(({ content }) => content));
  const digested = messages.flatMap((message) => message.digested);
  const isNamed = (id: number) =>
    digested.some((state) => names(state, recordIdOf({ id }), inOrder.alertIds.get(id)));
  return scenario.calls
    .filter((call) => isNews(call) && !isRefused(call, evidence))
    .filter((call) => ![...sameNewsAs(call, scenario.calls)].some((id) => published.has(id) || isNamed(id)))
    .map((call) => `${describeCall(call)} was never published`);
}

/** Ids of the calls that notifications are about, or say something of. */
export function publishedCallIds(contents: readonly Published[]): ReadonlySet<number> {
  const states = contents.flatMap((content) => (content.kind === 'alert' ? [content.state] : []));
  return new Set(states.flatMap(({ about, mentioned }) => [about, ...mentioned]).map(callIdOf));
}

/** Of more records than a document lists, any may be the one. */
export function names(state: AlertState, recordId: string, alertId: string | undefined): boolean {
  if (state.alertId !== alertId) return false;
  return state.recordIds.includes(recordId) || state.occurrences > maxListedRecords;
}

/** Law 1: nothing waits for a notification for ever. */
export function nothingStaysPending(evidence: Evidence): readonly string[] {
  const { alerts, pending } = evidence.state;
  const refused = alerts.filter(({ target }) => isAboutRefused(target, evidence));
  return pending
    .filter((alertId) => !refused.some((alert) => alert.alertId === alertId))
    .map((alertId) => `alert ${alertId.slice(0, 8)} is pending`);
}

/** Law 1: what was over the budget is in a digest. */
export function nothingStaysWithheld({ state }: Evidence): readonly string[] {
  return state.withheld.map((alertId) => `alert ${alertId.slice(0, 8)} is withheld`);
}
