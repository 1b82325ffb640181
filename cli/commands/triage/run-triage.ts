import { documentOf } from '../../../lambda/detection/alert';
import { type TriageAction, type TriageEntry, transitionOf } from '../../../lambda/detection/triage';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { caller } from '../../aws/caller';
import { findAlert, openAlerts } from '../../aws/deployed-alerts';
import { NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { shortAlertId } from '../../output/format';
import { writeLine } from '../../output/write-line';
import { exportDecision } from './export-decision';
import type { TriageOptions } from './options';

/** The handler of the command that does this with an alert. */
export function triage(action: Exclude<TriageAction, 'restore' | 'delete-layer'>) {
  return async (id: string, options: TriageOptions & AwsOptions): Promise<ExitCode> => {
    const alerts = await openAlerts(options.stack);
    const alert = await findAlert(alerts, id);
    const short = shortAlertId(alert.alertId);
    const transition = transitionOf(alert, action);
    if (transition.kind === 'refused')
      throw new NotDoneError(`alert ${short} is unchanged: ${escapeForDisplay(transition.reason)}`);
    const { status } = transition;
    const entry: TriageEntry = {
      at: new Date().toISOString(),
      by: (await caller()).arn,
      action,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    };
    if ((await alerts.triage.write(alert, entry, status)) === 'conflict')
      throw new NotDoneError(
        `alert ${short} changed while you decided; read it again with layerwatch show ${short}`,
      );
    const decided = await alerts.alerts.read(alert.alertId);
    if (decided !== undefined) await exportDecision(decided, alerts);
    const line =
      options.json === true
        ? JSON.stringify({ alert_id: alert.alertId, status, history: [...alert.history, entry] })
        : `${short} is ${status}, was ${alert.status}: ${escapeForDisplay(documentOf(alert).message)}`;
    await writeLine(process.stdout, line);
    return exitCode.done;
  };
}
