import type { Evidence } from './evidence';
import type { Violation } from './invariants/all';
import type { NoteEntry, RequestEntry } from './machine/journal';
import { alertIdOfRequest } from './product';
import { describeCall, shortList } from './truth';
import { actors } from './world/cast';
import { callIdOf } from './world/records';

/** Everything that a seed did, for a person to follow: scenario, calls, each step, and what is left. */
export function formatEvidence(evidence: Evidence, violations: readonly Violation[]): string {
  return [
    formatScenario(evidence),
    ...evidence.scenario.calls.map((call) => {
      const lists = `${shortList(call.before)} -> ${shortList(call.after)}`;
      return `  ${describeCall(call)} by ${actors[call.actor]?.name}: ${lists}`;
    }),
    'Steps',
    ...evidence.journal.entries.filter(isShown).map(formatEntry),
    'Messages',
    ...evidence.messages.map(formatMessage),
    'Alerts',
    ...evidence.state.alerts.map((alert) => {
      const expected = evidence.inOrder.state.alerts.find(({ alertId }) => alertId === alert.alertId);
      return `  ${formatAlert(alert)}\n    in order ${expected === undefined ? 'absent' : formatAlert(expected)}`;
    }),
    ...formatViolations(violations),
  ].join('\n');
}

export function formatViolations(violations: readonly Violation[]): readonly string[] {
  return violations.flatMap(({ invariant, messages }) => [
    `BROKEN ${invariant.name} (law ${invariant.law})`,
    ...messages.map((message) => `  ${message}`),
  ]);
}

function formatScenario({ scenario }: Evidence): string {
  const { calls, initialLayers, faults, topicOutage, ...rest } = scenario;
  const shown = Object.entries(rest).map(([name, value]) =>
    name.endsWith('At') ? `${name}=${clockTime(Number(value))}` : `${name}=${String(value)}`,
  );
  const outage =
    topicOutage === undefined
      ? ''
      : ` topicOutage=${clockTime(topicOutage.from)}-${clockTime(topicOutage.to)}`;
  return `Scenario ${shown.join(' ')} faults=${faults.join(',')}${outage} calls=${calls.length}`;
}

/** The sweep asks for names that have no records, over and over. */
function isShown(entry: RequestEntry | NoteEntry): boolean {
  return entry.kind === 'note' || entry.service !== 'CloudTrail' || entry.fault !== undefined;
}

function formatEntry(entry: RequestEntry | NoteEntry): string {
  if (entry.kind === 'note') return `  ${clockTime(entry.time)} ${entry.text}`;
  const { time, container, name, service, operation, fault, executed, status } = entry;
  const outcome = executed ? `answered ${status ?? ''}` : 'not executed';
  const spoiled = fault === undefined ? '' : `, ${fault}`;
  return `  ${clockTime(time)} ${container} ${name}: ${service} ${operation} ${keyOf(entry)} ${outcome}${spoiled}`;
}

/** The item or the name that a request is about. */
function keyOf({ service, operation, body }: RequestEntry): string {
  if (service !== 'DynamoDB') return service === 'SNS' ? subjectOf(body) : body;
  if (operation === 'BatchGetItem') return batchKeys(body).join(' ');
  const alertId = alertIdOfRequest(body);
  if (alertId !== undefined) return `alert ${alertId.slice(0, 8)}`;
  const {
    Key = {},
    Item = {},
    IndexName = '',
  } = JSON.parse(body) as Readonly<Record<string, Record<string, { S?: string }>>>;
  const id = Key['stateKey']?.S ?? Item['stateKey']?.S;
  return id ?? `${Item['alertId']?.S?.slice(0, 8) ?? ''}${String(IndexName)}`;
}

function batchKeys(body: string): readonly string[] {
  const { RequestItems } = JSON.parse(body) as {
    readonly RequestItems: Readonly<
      Record<string, { readonly Keys: readonly Readonly<Record<string, { S?: string }>>[] }>
    >;
  };
  return Object.values(RequestItems)
    .flatMap(({ Keys }) => Keys)
    .map((key) => key['stateKey']?.S ?? '')
    .slice(0, 1);
}

function subjectOf(body: string): string {
  return new URLSearchParams(body).get('Subject') ?? '';
}

function formatMessage({ time, request, content }: Evidence['messages'][number]): string {
  const what =
    content.kind === 'alert'
      ? formatAlert(content.state)
      : content.kind === 'digest'
        ? `digest of ${content.alertIds.map((id) => id.slice(0, 8)).join(' ')}`
        : content.subject;
  return `  ${clockTime(time)} ${request}: ${what}`;
}

function formatAlert(state: Evidence['state']['alerts'][number]): string {
  const { alertId, kind, severity, score, disposition, occurrences, recordIds, about } = state;
  const records = recordIds.map(callIdOf).sort((a, b) => a - b);
  return `${alertId.slice(0, 8)} ${kind} ${severity} ${score} ${disposition} ${occurrences}x calls ${records.slice(0, 12).join(' ')}, about call ${callIdOf(about)}`;
}

function clockTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 23);
}
