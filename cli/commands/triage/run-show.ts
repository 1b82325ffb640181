import {
  dispositionOf,
  documentOf,
  type ExportFailure,
  type StoredAlert,
} from '../../../lambda/detection/alert';
import { openExportFailures } from '../../../lambda/detection/alert-exports';
import { assigneeOf, type TriageEntry } from '../../../lambda/detection/triage';
import { renderNotification } from '../../../lambda/notification/message';
import { timeIn } from '../../../lambda/notification/time-in';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { type DeployedAlerts, findAlert, openAlerts } from '../../aws/deployed-alerts';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { terminalWidth } from '../../output/table';
import { wrapLine } from '../../output/wrap';
import { writeLine } from '../../output/write-line';
import type { ShowOptions } from './options';

/** Longer lines of a record are cut; `--json` has the whole record. */
const maxLineLength = 2_000;

export async function run(id: string, options: ShowOptions & AwsOptions): Promise<ExitCode> {
  const alerts = await openAlerts(options.stack);
  const alert = await findAlert(alerts, id);
  if (options.json === true)
    await writeLine(process.stdout, JSON.stringify({ ...documentOf(alert), history: alert.history }));
  else for (const line of shownLines(alert, alerts, options)) await writeLine(process.stdout, line);
  return exitCode.done;
}

/** Commands are not broken: a line break would end them where they are pasted. */
function shownLines(alert: StoredAlert, alerts: DeployedAlerts, options: ShowOptions): readonly string[] {
  const width = terminalWidth();
  return formatAlert(alert, alerts)
    .flatMap((line) => line.split('\n'))
    .flatMap((line) => (isCommand(line) ? [line] : wrapLine(line, width)))
    .concat(options.record === true ? ['', ...recordLines(alert)] : []);
}

function isCommand(line: string): boolean {
  return /^ {3}(?:aws|curl|npx) /.test(line);
}

export function formatAlert(
  alert: StoredAlert,
  { tableName, region }: Pick<DeployedAlerts, 'tableName' | 'region'>,
): readonly string[] {
  const { subject, bodies } = renderNotification(documentOf(alert), {
    alertTable: { name: tableName, region },
  });
  return [
    subject,
    '',
    bodies['email'] ?? bodies.default,
    '',
    `Status: ${alert.status}, ${describeNotification(alert)}${describeAssignee(alert)}`,
    ...[...openExportFailures(alert)].map((failure) => formatExportFailure(failure, alert)),
    ...(alert.history.length === 0 ? [] : ['History']),
    ...alert.history.map((entry) => `- ${formatEntry(entry, alert)}`),
  ];
}

function describeAssignee(alert: StoredAlert): string {
  const assignee = assigneeOf(alert);
  return assignee === undefined ? '' : `, assigned to ${escapeForDisplay(assignee)}`;
}

function describeNotification(alert: StoredAlert): string {
  const { notifiedAt, judgedDocument } = alert;
  if (notifiedAt !== undefined) return `notified ${timeIn(judgedDocument, notifiedAt)}`;
  const { exception } = judgedDocument.layerwatch;
  switch (dispositionOf(alert)) {
    case 'except':
      return `not notified because of exception ${escapeForDisplay(exception ?? 'unknown')}`;
    case 'withhold':
      return 'withheld by the notification budget';
    case 'record':
      return 'recorded only';
    case 'notify':
      return 'not notified yet';
  }
}

function formatExportFailure(
  [exporter, { since, reason }]: readonly [string, ExportFailure],
  { judgedDocument }: StoredAlert,
): string {
  const from = timeIn(judgedDocument, since);
  return `Not exported to ${escapeForDisplay(exporter)} since ${from}: ${escapeForDisplay(reason)}`;
}

function formatEntry({ at, by, action, reason }: TriageEntry, { judgedDocument }: StoredAlert): string {
  const why = reason === undefined ? '' : `: ${escapeForDisplay(reason)}`;
  return `${timeIn(judgedDocument, at)}: ${action} by ${escapeForDisplay(by)}${why}`;
}

/** The record as the alert keeps it, without secrets. */
function recordLines({ judgedDocument }: StoredAlert): readonly string[] {
  const { flattened, ...record } = judgedDocument.aws.cloudtrail;
  const json = JSON.stringify({ ...record, ...flattened }, undefined, 2);
  return ['Record', ...json.split('\n').map((line) => escapeForDisplay(line, maxLineLength))];
}
