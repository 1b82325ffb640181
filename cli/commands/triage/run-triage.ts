import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { type Decision, type TriageEntry, transitionOf } from '../../../lambda/detection/triage';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { caller } from '../../aws/caller';
import { type DeployedAlerts, openAlerts } from '../../aws/deployed-alerts';
import { NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { shortAlertId } from '../../output/format';
import { writeLine } from '../../output/write-line';
import { choiceOf, chosenAlerts } from './chosen-alerts';
import { decideAll } from './decide-all';
import { exportDecision } from './export-decision';
import type { TriageOptions } from './options';

const statusAfter = { acknowledge: 'acknowledged', close: 'closed', reopen: 'open' } as const;

/** The handler of the command that does this with alerts. */
export function triage(action: Decision) {
  return async (ids: readonly string[], options: TriageOptions & AwsOptions): Promise<ExitCode> => {
    const choice = await choiceOf(ids, options);
    const alerts = await openAlerts(options.stack);
    const chosen = await chosenAlerts(choice, action, alerts, options.yes === true);
    const by = (await caller()).arn;
    const decide = (alert: StoredAlert) => decideOne(alert, action, by, options, alerts);
    if (chosen.length > 1) return decideAll(chosen, statusAfter[action], decide);
    for (const alert of chosen) await decide(alert);
    return exitCode.done;
  };
}

/** @throws {NotDoneError} where the alert stays as it is */
async function decideOne(
  alert: StoredAlert,
  action: Decision,
  by: string,
  { reason, json }: TriageOptions,
  alerts: DeployedAlerts,
): Promise<void> {
  const short = shortAlertId(alert.alertId);
  const transition = transitionOf(alert, action);
  if (transition.kind === 'refused')
    throw new NotDoneError(
      `alert ${short} is unchanged: ${escapeForDisplay(transition.reason)}${hintFor(action, alert)}`,
    );
  const { status } = transition;
  const entry: TriageEntry = {
    at: new Date().toISOString(),
    by,
    action,
    ...(reason === undefined ? {} : { reason }),
  };
  if ((await alerts.triage.write(alert, entry, status)) === 'conflict')
    throw new NotDoneError(
      `alert ${short} changed while you decided; read it again with layerwatch show ${short}`,
    );
  const decided = await alerts.alerts.read(alert.alertId);
  if (decided !== undefined) await exportDecision(decided, alerts);
  const line =
    json === true
      ? JSON.stringify({ alert_id: alert.alertId, status, history: [...alert.history, entry] })
      : `${short} is ${status}, was ${alert.status}: ${escapeForDisplay(documentOf(alert).message)}`;
  await writeLine(process.stdout, line);
}

function hintFor(action: Decision, { alertId, status }: StoredAlert): string {
  return action === 'acknowledge' && status === 'closed'
    ? `; to work on it again, run layerwatch reopen ${shortAlertId(alertId)} first`
    : '';
}
