import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { caller } from '../../aws/caller';
import { type DeployedAlerts, findAlert, openAlerts } from '../../aws/deployed-alerts';
import { LambdaControl } from '../../aws/lambda-control';
import { runAwsCommand } from '../../aws/on-aws';
import { NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import { confirm } from '../../output/ask';
import { writeLine } from '../../output/write-line';
import { shortIdLength } from '../alerts/rows';
import type { RestoreOptions } from './command';
import { deleteLayer } from './delete-layer';
import { restoreLayers } from './restore-layers';
import { FailedAttemptError, type Restored, type RestoreSession } from './restore-session';

/** Runs the command and answers with its exit code. */
export async function runRestore(id: string, options: RestoreOptions): Promise<ExitCode> {
  return runAwsCommand(options, async () => {
    const alerts = await openAlerts(options.stack);
    const alert = await findAlert(alerts, id);
    const operator = operatorOf(alert, options);
    const takeBack = alert.judgedDocument.layerwatch.target.type === 'layer' ? deleteLayer : restoreLayers;
    const restored = await noted(alerts, alert, () => takeBack(documentOf(alert), operator));
    const line =
      options.json === true
        ? JSON.stringify({ alert_id: alert.alertId, ...restored })
        : `${alert.alertId.slice(0, shortIdLength)}: ${restored.outcome}`;
    await writeLine(process.stdout, escapeForDisplay(line, 4_000));
    return exitCode.done;
  });
}

function operatorOf({ judgedDocument }: StoredAlert, options: RestoreOptions): RestoreSession {
  const { target } = judgedDocument.layerwatch;
  return {
    lambda: new LambdaControl(target.region ?? undefined, options.targetProfile),
    dryRun: options.dryRun === true,
    tell: async (line) => writeLine(process.stderr, escapeForDisplay(line, 4_000)),
    ask: async (question) => {
      if (options.yes !== true && !(await confirm(question))) throw new NotDoneError('nothing was changed');
    },
  };
}

/** What was tried is written into the alert, what failed as well. */
async function noted(
  alerts: DeployedAlerts,
  alert: StoredAlert,
  takeBack: () => Promise<Restored>,
): Promise<Restored> {
  try {
    const restored = await takeBack();
    if (restored.wasTried) await note(alerts, alert.alertId, restored.action, restored.outcome);
    return restored;
  } catch (error) {
    if (error instanceof FailedAttemptError)
      await note(alerts, alert.alertId, error.action, `failed: ${error.message}`);
    throw error;
  }
}

/** The detector and other people may write at the same time; a note is true whoever was first. */
async function note(
  { alerts, triage }: DeployedAlerts,
  alertId: string,
  action: Restored['action'],
  reason: string,
): Promise<void> {
  const entry = { at: new Date().toISOString(), by: (await caller()).arn, action, reason };
  for (let attempt = 0; attempt < 5; attempt++) {
    const read = await alerts.read(alertId);
    if (read === undefined || (await triage.write(read, entry, read.status)) === 'written') return;
  }
  process.stderr.write(
    `the outcome could not be written into alert ${alertId}: others write it all the time\n`,
  );
}
