import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { caller } from '../../aws/caller';
import { type DeployedAlerts, findAlert, openAlerts } from '../../aws/deployed-alerts';
import { LambdaControl } from '../../aws/lambda-control';
import { refuseUnknownProfile } from '../../aws/session';
import { NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { confirm } from '../../output/ask';
import { shortAlertId } from '../../output/format';
import { writeLine } from '../../output/write-line';
import { deleteLayer } from './delete-layer';
import type { RestoreOptions } from './options';
import { restoreLayers } from './restore-layers';
import { FailedAttemptError, type Restored, type RestoreSession } from './restore-session';

/** Longest line of output, in UTF-16 units: a command with five layers fits. */
const maxLineLength = 4_000;

export async function run(id: string, options: RestoreOptions & AwsOptions): Promise<ExitCode> {
  if (options.targetProfile !== undefined) await refuseUnknownProfile(options.targetProfile);
  const alerts = await openAlerts(options.stack);
  const alert = await findAlert(alerts, id);
  const document = documentOf(alert);
  const session = sessionFor(document, options);
  const undo = document.layerwatch.target.type === 'layer' ? deleteLayer : restoreLayers;
  const restored = await withHistory(alerts, alert, () => undo(document, session));
  const line =
    options.json === true
      ? JSON.stringify({ alert_id: alert.alertId, ...restored })
      : escapeForDisplay(`${shortAlertId(alert.alertId)}: ${restored.outcome}`, maxLineLength);
  await writeLine(process.stdout, line);
  return exitCode.done;
}

function sessionFor({ layerwatch: { target } }: FindingDocument, options: RestoreOptions): RestoreSession {
  return {
    lambda: new LambdaControl(target.region ?? undefined, options.targetProfile),
    dryRun: options.dryRun === true,
    print: (line) => writeLine(process.stderr, escapeForDisplay(line, maxLineLength)),
    confirm: async (question) => {
      if (options.yes !== true && !(await confirm(question))) throw new NotDoneError('nothing was changed');
    },
  };
}

/** Writes what was tried into the history of the alert, a failed attempt too. */
async function withHistory(
  alerts: DeployedAlerts,
  { alertId }: StoredAlert,
  undo: () => Promise<Restored>,
): Promise<Restored> {
  try {
    const restored = await undo();
    if (restored.wasTried) await addEntry(alerts, alertId, restored.action, restored.outcome);
    return restored;
  } catch (error) {
    if (error instanceof FailedAttemptError)
      await addEntry(alerts, alertId, error.action, `failed: ${error.message}`);
    throw error;
  }
}

const maxWriteAttempts = 5;

/** The detector and other people may write the alert at the same time; the entry is true in any order. */
async function addEntry(
  { alerts, triage }: DeployedAlerts,
  alertId: string,
  action: Restored['action'],
  reason: string,
): Promise<void> {
  const entry = { at: new Date().toISOString(), by: (await caller()).arn, action, reason };
  for (let attempt = 0; attempt < maxWriteAttempts; attempt++) {
    const read = await alerts.read(alertId);
    if (read === undefined || (await triage.write(read, entry, read.status)) === 'written') return;
  }
  process.stderr.write(
    `warning: the outcome is not in alert ${alertId}, which changed during each of ${maxWriteAttempts} attempts to write it\n`,
  );
}
