import type { Evidence } from '../evidence';
import { describeCall, isExportRefused, isNews } from '../truth';
import type { Call } from '../world/calls';
import { recordIdOf } from '../world/records';
import { names } from './notifications';

/** Law 1: all news is exported, whatever SNS says of it; a finding may also say what nobody can judge again. */
export function allNewsIsExported(evidence: Evidence): readonly string[] {
  const { scenario, exported, inOrder } = evidence;
  const isExported = (call: Call) =>
    exported.some(
      (state) =>
        names(state, recordIdOf(call), inOrder.alertIds.get(call.id)) ||
        state.mentioned.includes(recordIdOf(call)),
    );
  return scenario.calls
    .filter((call) => isNews(call) && !refusedAlerts(evidence).has(inOrder.alertIds.get(call.id) ?? ''))
    .filter((call) => !isExported(call))
    .map((call) => `${describeCall(call)} was never exported`);
}

/** Laws 1 and 9: every exporter has the last state of each alert, but for those that it refuses. */
export function nothingStaysUnexported(evidence: Evidence): readonly string[] {
  const refused = refusedAlerts(evidence);
  return evidence.state.unexported
    .filter((alertId) => !refused.has(alertId))
    .map((alertId) => `alert ${alertId.slice(0, 8)} is not exported as it is`);
}

/** Law 9: an alert that an exporter does not take is owed, and says why. */
export function refusedExportsSayWhy(evidence: Evidence): readonly string[] {
  const { unexported, sayingWhyUnexported } = evidence.state;
  return unexported
    .filter((alertId) => !sayingWhyUnexported.has(alertId))
    .map((alertId) => `alert ${alertId.slice(0, 8)} does not say why it is not exported`);
}

function refusedAlerts({ state, scenario }: Evidence): ReadonlySet<string> {
  return new Set(
    state.alerts.filter((alert) => isExportRefused(alert, scenario)).map(({ alertId }) => alertId),
  );
}
