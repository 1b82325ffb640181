import type { Evidence, Message } from '../evidence';
import type { AlertState } from '../product';
import { describeCall, isNews, maxListedRecords } from '../truth';
import { recordIdOf } from '../world/records';

/** Law 4: every attach, published version and hidden call is named by a notification or by a digest. */
export function allNewsIsPublished({ scenario, messages, inOrder }: Evidence): readonly string[] {
  const named = messages.flatMap((message) => statesOf(message));
  return scenario.calls
    .filter(isNews)
    .filter((call) => !named.some((state) => names(state, recordIdOf(call), inOrder.alertIds.get(call.id))))
    .map((call) => `${describeCall(call)} was never published`);
}

/** The alerts that a message is about, as it shows them. */
function statesOf({ content, digested }: Message): readonly AlertState[] {
  switch (content.kind) {
    case 'alert':
      return [content.state];
    case 'digest':
      return digested;
    case 'other':
      return [];
  }
}

/** Of more records than a document lists, any may be the one. */
export function names(state: AlertState, recordId: string, alertId: string | undefined): boolean {
  if (state.alertId !== alertId) return false;
  return state.recordIds.includes(recordId) || state.occurrences > maxListedRecords;
}

/** Law 1: nothing waits for a notification for ever. */
export function nothingStaysPending({ state }: Evidence): readonly string[] {
  return state.pending.map((alertId) => `alert ${alertId.slice(0, 8)} is pending`);
}

/** Law 1: what was over the budget is in a digest. */
export function nothingStaysWithheld({ state }: Evidence): readonly string[] {
  return state.withheld.map((alertId) => `alert ${alertId.slice(0, 8)} is withheld`);
}
