import type { Evidence } from '../evidence';
import type { AlertState } from '../product';
import { callsByAlert, describeCalls, shortList } from '../truth';

type Reading = (alert: AlertState) => string | number;

/** What the budget withheld was to be published as well. */
function publishedOrNot({ disposition }: AlertState): string {
  return disposition === 'withhold' ? 'notify' : disposition;
}

/** Law 8: the same alerts. */
export function sameAlertsAsInOrder({ state, inOrder }: Evidence): readonly string[] {
  const [found, expected] = [idsOf(state.alerts), idsOf(inOrder.state.alerts)];
  const missing = [...expected]
    .filter((id) => !found.has(id))
    .map((id) => `alert ${id.slice(0, 8)} is missing`);
  const more = [...found]
    .filter((id) => !expected.has(id))
    .map((id) => `alert ${id.slice(0, 8)} is too much`);
  return [...missing, ...more];
}

function idsOf(alerts: readonly AlertState[]): ReadonlySet<string> {
  return new Set(alerts.map(({ alertId }) => alertId));
}

/** Law 8: the same change of each alert. */
export function sameKindAsInOrder(evidence: Evidence): readonly string[] {
  return differencesOf(evidence, ({ kind }) => kind);
}

/** Law 8: the same severity and score of each alert. */
export function sameSeverityAsInOrder(evidence: Evidence): readonly string[] {
  return differencesOf(evidence, ({ severity, score }) => `${severity} ${score}`);
}

/** Law 8: what is to be published in order is to be published in any order, and nothing else is. */
export function sameDispositionAsInOrder(evidence: Evidence): readonly string[] {
  return differencesOf(evidence, publishedOrNot);
}

/** Law 8: the same count and times of each alert. */
export function sameCountsAsInOrder(evidence: Evidence): readonly string[] {
  return differencesOf(
    evidence,
    ({ occurrences, firstSeen, lastSeen }) => `${occurrences} ${firstSeen} ${lastSeen}`,
  );
}

/** Law 8: the document is about the same record, with the same lists before and after. */
export function sameDocumentAsInOrder(evidence: Evidence): readonly string[] {
  return differencesOf(
    evidence,
    ({ eventId, before, after }) =>
      `about call ${callOf(eventId)} ${shortList(before)} -> ${shortList(after)}`,
  );
}

/** Copies of a shared event differ in the first part of their ids. */
function callOf(eventId: string): string {
  return String(Number(eventId.slice(-12)));
}

function differencesOf(evidence: Evidence, read: Reading): readonly string[] {
  const byAlert = callsByAlert(evidence);
  const expected = new Map(evidence.inOrder.state.alerts.map((alert) => [alert.alertId, alert]));
  return evidence.state.alerts.flatMap((alert) => {
    const other = expected.get(alert.alertId);
    if (other === undefined || read(alert) === read(other)) return [];
    const calls = describeCalls(byAlert.get(alert.alertId) ?? []);
    return [`alert ${alert.alertId.slice(0, 8)} is ${read(alert)}, in order ${read(other)}: ${calls}`];
  });
}
