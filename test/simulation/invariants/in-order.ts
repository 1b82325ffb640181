import type { Evidence } from '../evidence';
import { groupBy } from '../group-by';
import {
  callsByAlert,
  describeCall,
  describeCalls,
  isAmongSameSecond,
  isNews,
  isNewsByItself,
} from '../truth';
import { recordIdOf } from '../world/records';
import { names } from './notifications';

/** Law 1: no record is rejected where nothing fails. */
export function inOrderNothingFails({ inOrder }: Evidence): readonly string[] {
  return inOrder.failures;
}

/** Law 4: even where everything comes in order, all news is published. */
export function inOrderAllNewsIsPublished({ scenario, inOrder }: Evidence): readonly string[] {
  const published = inOrder.published.flatMap((message) => (message.kind === 'alert' ? [message.state] : []));
  const withheld = inOrder.state.alerts.filter(({ disposition }) => disposition === 'withhold');
  const named = [...published, ...withheld];
  return scenario.calls
    .filter(isNews)
    .filter((call) => !named.some((state) => names(state, recordIdOf(call), inOrder.alertIds.get(call.id))))
    .map((call) => `${describeCall(call)} was not published in order`);
}

/** Law 4: where everything comes in order, only what changed something is published. */
export function inOrderRepeatsAreNotPublished(evidence: Evidence): readonly string[] {
  const { scenario, inOrder } = evidence;
  const ofAlerts = inOrder.published.flatMap((message) => (message.kind === 'alert' ? [message.state] : []));
  const byAlert = callsByAlert(evidence);
  return [...groupBy(ofAlerts, ({ alertId }) => alertId)].flatMap(([alertId, states]) => {
    const calls = byAlert.get(alertId) ?? [];
    const allowed = calls.filter((call) => isNewsByItself(call) || isAmongSameSecond(call, scenario.calls));
    return states.length <= allowed.length
      ? []
      : [`alert ${alertId.slice(0, 8)}: ${states.length} notifications in order for ${describeCalls(calls)}`];
  });
}
