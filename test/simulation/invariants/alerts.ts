import type { Evidence } from '../evidence';
import { callsByAlert, describeCall, isMatch, maxListedRecords } from '../truth';
import { eventTimeOf, recordIdOf } from '../world/records';

/** Law 1: the record of every match is counted by an alert. */
export function everyMatchHasItsAlert({ scenario, state, inOrder }: Evidence): readonly string[] {
  const alerts = new Map(state.alerts.map((alert) => [alert.alertId, alert]));
  return scenario.calls.filter(isMatch).flatMap((call) => {
    const alert = alerts.get(inOrder.alertIds.get(call.id) ?? '');
    if (alert === undefined) return [`${describeCall(call)} has no alert`];
    const isListed = alert.recordIds.includes(recordIdOf(call));
    return isListed || alert.occurrences > maxListedRecords ? [] : [`${describeCall(call)} is not counted`];
  });
}

/** Law 1: no alert counts what is no match. */
export function everyAlertHasItsMatches({ scenario, state }: Evidence): readonly string[] {
  const matches = new Set(scenario.calls.filter(isMatch).map(recordIdOf));
  return state.alerts.flatMap(({ alertId, recordIds }) =>
    recordIds.filter((id) => !matches.has(id)).map((id) => `alert ${alertId.slice(0, 8)} counts ${id}`),
  );
}

/** Law 2: an alert counts each of its records once. */
export function occurrencesAreDistinctRecords(evidence: Evidence): readonly string[] {
  const byAlert = callsByAlert(evidence);
  return evidence.state.alerts.flatMap(({ alertId, occurrences }) => {
    const expected = byAlert.get(alertId)?.length ?? 0;
    return occurrences === expected
      ? []
      : [`alert ${alertId.slice(0, 8)} counts ${occurrences} records and has ${expected}`];
  });
}

/** Law 8: an alert's times are those of its first and its last record. */
export function timesAreThoseOfTheRecords(evidence: Evidence): readonly string[] {
  const byAlert = callsByAlert(evidence);
  return evidence.state.alerts.flatMap(({ alertId, firstSeen, lastSeen }) => {
    const times = (byAlert.get(alertId) ?? []).map((call) => Date.parse(eventTimeOf(call)));
    const isRight =
      Date.parse(firstSeen) === Math.min(...times) && Date.parse(lastSeen) === Math.max(...times);
    return isRight ? [] : [`alert ${alertId.slice(0, 8)} has ${firstSeen} to ${lastSeen}`];
  });
}
