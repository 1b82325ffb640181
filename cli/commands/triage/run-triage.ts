import { documentOf } from '../../../lambda/detection/alert';
import { type TriageAction, type TriageEntry, transitionOf } from '../../../lambda/detection/triage';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { caller } from '../../aws/caller';
import { findAlert, openAlerts } from '../../aws/deployed-alerts';
import { runAwsCommand } from '../../aws/on-aws';
import { NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import { shortIdLength } from '../alerts/rows';
import type { TriageOptions } from './commands';
import { exportDecision } from './export-decision';

/** Runs the command and answers with its exit code. */
export async function runTriage(id: string, action: TriageAction, options: TriageOptions): Promise<ExitCode> {
  return runAwsCommand(options, async () => {
    const alerts = await openAlerts(options.stack);
    const alert = await findAlert(alerts, id);
    const short = alert.alertId.slice(0, shortIdLength);
    const transition = transitionOf(alert, action);
    if (transition.kind === 'refused')
      throw new NotDoneError(`alert ${short} stays as it was: ${escapeForDisplay(transition.reason)}`);
    const entry: TriageEntry = {
      at: new Date().toISOString(),
      by: (await caller()).arn,
      action,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    };
    if ((await alerts.triage.write(alert, entry, transition.status)) === 'conflict')
      throw new NotDoneError(
        `alert ${short} changed while you decided; read it again with layerwatch show ${short}`,
      );
    const decided = await alerts.alerts.read(alert.alertId);
    if (decided !== undefined) await exportDecision(decided, alerts);
    const line =
      options.json === true
        ? JSON.stringify({
            alert_id: alert.alertId,
            status: transition.status,
            history: [...alert.history, entry],
          })
        : `${short} is ${transition.status}, was ${alert.status}: ${escapeForDisplay(documentOf(alert).message)}`;
    await writeLine(process.stdout, line);
    return exitCode.done;
  });
}
