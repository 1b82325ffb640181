import type { TriagedAlert } from '../../../lambda/aws/triage-item';
import type { TriageEntry } from '../../../lambda/detection/triage';
import { renderNotification } from '../../../lambda/notification/message';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { type DeployedAlerts, findAlert, openAlerts } from '../../aws/deployed-alerts';
import { runAwsCommand } from '../../aws/on-aws';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import type { ShowOptions } from './commands';

/** Longer lines of a record are cut; `--json` has them whole. */
const maxLineLength = 2_000;

/** Runs the command and answers with its exit code. */
export async function runShow(id: string, options: ShowOptions): Promise<ExitCode> {
  return runAwsCommand(options, async () => {
    const alerts = await openAlerts(options.stack);
    const alert = await findAlert(alerts, id);
    if (options.json === true)
      await writeLine(process.stdout, JSON.stringify({ ...alert.document, history: alert.history }));
    else for (const line of formatAlert(alert, alerts, options)) await writeLine(process.stdout, line);
    return exitCode.done;
  });
}

function formatAlert(
  alert: TriagedAlert,
  { tableName, region }: DeployedAlerts,
  { record }: ShowOptions,
): readonly string[] {
  const { subject, bodies } = renderNotification(alert.document, { alertTable: { name: tableName, region } });
  return [
    subject,
    '',
    bodies['email'] ?? bodies.default,
    '',
    `Status   ${alert.status}, ${describeNotification(alert)}`,
    ...labelled('History', alert.history.map(formatEntry)),
    ...(record === true ? ['', ...recordLines(alert)] : []),
  ];
}

function describeNotification({ notifiedAt, document }: TriagedAlert): string {
  if (notifiedAt !== undefined) return `told at ${notifiedAt}`;
  const { disposition, exception } = document.layerwatch;
  if (disposition === 'except')
    return `not told because of exception ${escapeForDisplay(exception ?? 'unknown')}`;
  if (disposition === 'withhold') return 'withheld by the notification budget';
  return disposition === 'record' ? 'recorded only' : 'not told yet';
}

function formatEntry({ at, by, action, reason }: TriageEntry): string {
  const why = reason === undefined ? '' : `: ${escapeForDisplay(reason)}`;
  return `${at.slice(0, 16).replace('T', ' ')} UTC  ${action} by ${escapeForDisplay(by)}${why}`;
}

/** The record as the alert keeps it, without secrets. */
function recordLines({ document }: TriagedAlert): readonly string[] {
  const json = JSON.stringify(document.aws.cloudtrail, undefined, 2);
  return ['Record', ...json.split('\n').map((line) => escapeForDisplay(line, maxLineLength))];
}

function labelled(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? label : '').padEnd(9)}${line}`);
}
