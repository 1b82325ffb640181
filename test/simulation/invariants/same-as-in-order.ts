import type { Evidence } from '../evidence';
import { groupBy } from '../group-by';
import type { AlertState } from '../product-state';
import type { Scenario } from '../scenario';
import { callsByAlert, describeCalls, mayBeNews, shortList } from '../truth';
import type { Call } from '../world/calls';
import { callIdOf } from '../world/records';

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

/** Law 8: the same count and times of each alert. */
export function sameCountsAsInOrder(evidence: Evidence): readonly string[] {
  return differencesOf(
    evidence,
    ({ occurrences, firstSeen, lastSeen }) => `${occurrences} ${firstSeen} ${lastSeen}`,
  );
}

/** What the order of the records must not change of an alert. */
const readings = {
  kind: ({ kind }: AlertState) => kind,
  severity: ({ severity, score }: AlertState) => `${severity} ${score}`,
  disposition: publishedOrNot,
  document: ({ about, before, after }: AlertState) =>
    `about call ${callIdOf(about)} ${shortList(before)} -> ${shortList(after)}`,
} as const;

/**
 * Scenarios whose verdicts depend on more than the records: on what was seen before them, or on when functions were listed.
 * What they break is counted by itself.
 */
const groups = {
  '': ({ remembers, listing }: Scenario) => !remembers && listing === 'never',
  'with memory: ': ({ remembers, listing }: Scenario) => remembers && listing === 'never',
  'with listings: ': ({ listing }: Scenario) => listing !== 'never',
} as const;

/** Law 8: each alert says the same whatever the order of its records; a late record may cost a notification more. */
export const verdictInvariants = Object.entries(groups).flatMap(([group, isOfGroup]) =>
  Object.entries(readings).map(([what, read]) => ({
    name: `${group}same ${what} as in order`,
    law: 8,
    check: (evidence: Evidence) => (isOfGroup(evidence.scenario) ? verdictsOf(evidence, read) : []),
  })),
);

/** A history keeps the records of so many calls: verdicts on earlier ones are not changed by late records. */
const maxCallsOfFunction = 8;

/** Verdicts, which may differ where a list of functions was seen and lost with its sweep. */
function verdictsOf(evidence: Evidence, read: Reading): readonly string[] {
  const byFunction = groupBy(evidence.scenario.calls, ({ functionName }) => functionName);
  const isKept = [...byFunction.values()].every(({ length }) => length <= maxCallsOfFunction);
  return evidence.areListingsCertain && isKept
    ? differencesOf(evidence, read, (alert, other, calls) => isMoreThan(alert, other, calls, evidence))
    : [];
}

/** Whether an alert is to be published that in order only records, because one of its records came late. */
function isMoreThan(
  alert: AlertState,
  other: AlertState,
  calls: readonly Call[],
  evidence: Evidence,
): boolean {
  const isMore = publishedOrNot(alert) === 'notify' && other.disposition === 'record';
  return isMore && calls.some((call) => mayBeNews(call, evidence));
}

type Excuse = (alert: AlertState, inOrder: AlertState, calls: readonly Call[]) => boolean;

function differencesOf(
  evidence: Evidence,
  read: Reading,
  isExcused: Excuse = () => false,
): readonly string[] {
  const byAlert = callsByAlert(evidence);
  const expected = new Map(evidence.inOrder.state.alerts.map((alert) => [alert.alertId, alert]));
  return evidence.state.alerts.flatMap((alert) => {
    const other = expected.get(alert.alertId);
    const calls = byAlert.get(alert.alertId) ?? [];
    if (other === undefined || read(alert) === read(other) || isExcused(alert, other, calls)) return [];
    return [
      `alert ${alert.alertId.slice(0, 8)} is ${read(alert)}, in order ${read(other)}: ${describeCalls(calls)}`,
    ];
  });
}
