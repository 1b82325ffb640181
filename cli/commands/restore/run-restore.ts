import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { shortLayer } from '../../../lambda/text/format';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { type DeployedAlerts, findAlert, openAlerts } from '../../aws/deployed-alerts';
import { LambdaControl } from '../../aws/lambda-control';
import { findLayerUsers, refuseOtherThanLayer } from '../../aws/layer-users';
import { refuseUnknownProfile } from '../../aws/session';
import { NotDoneError, UsageError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { confirm } from '../../output/ask';
import { shortAlertId } from '../../output/format';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';
import { addEntry } from './alert-history';
import { BegunChange } from './begun-change';
import { deleteLayer } from './delete-layer';
import type { RestoreOptions } from './options';
import { jsonOf, outcomeTable } from './outcome-table';
import { askForAll, takeOffAll } from './restore-everywhere';
import { restoreLayers } from './restore-layers';
import { FailedAttemptError, type Restored, type RestoreSession } from './restore-session';

/** Longest line of output, in UTF-16 units: a command with five layers fits. */
const maxLineLength = 4_000;

export async function run(id: string | undefined, options: RestoreOptions & AwsOptions): Promise<ExitCode> {
  const { layer } = options;
  if (layer !== undefined && id === undefined) return runEverywhere(layer, options);
  if (layer !== undefined || id === undefined)
    throw new UsageError('restore takes either the id of an alert or --layer with the ARN of a layer');
  return runOne(id, options);
}

async function runOne(id: string, options: RestoreOptions & AwsOptions): Promise<ExitCode> {
  if (options.targetProfile !== undefined) await refuseUnknownProfile(options.targetProfile);
  const alerts = await openAlerts(options.stack);
  const alert = await findAlert(alerts, id);
  const document = documentOf(alert);
  const { target } = document.layerwatch;
  const session = sessionFor(target.region ?? undefined, options);
  const undo = target.type === 'layer' ? deleteLayer : restoreLayers;
  const change = new BegunChange();
  const restored = await change.whole(() =>
    withHistory(alerts, alert, () => undo(document, change.guard(session))),
  );
  const line =
    options.json === true
      ? JSON.stringify({ alert_id: alert.alertId, ...restored })
      : escapeForDisplay(`${shortAlertId(alert.alertId)}: ${restored.outcome}`, maxLineLength);
  await writeLine(process.stdout, line);
  return change.isInterrupted ? exitCode.cancelled : exitCode.done;
}

async function runEverywhere(layer: string, options: RestoreOptions & AwsOptions): Promise<ExitCode> {
  refuseOtherThanLayer(layer);
  if (options.targetProfile !== undefined) await refuseUnknownProfile(options.targetProfile);
  const alerts = await openAlerts(options.stack);
  const spread = { layer, users: await findLayerUsers(alerts.state, layer) };
  if (spread.users.length === 0) {
    process.stderr.write(`${shortLayer(layer)} is on 0 functions\n`);
    return exitCode.done;
  }
  await askForAll(spread, sessionFor(undefined, options), terminalWidth());
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const session = (region: string | undefined) => sessionFor(region, options);
    const all = await takeOffAll(spread, alerts, session, interruption.signal);
    for (const line of options.json === true ? all.map(jsonOf) : outcomeTable(all, options))
      await writeLine(process.stdout, line);
    if (interruption.signal.aborted) return exitCode.cancelled;
    return all.every(({ isDone }) => isDone) ? exitCode.done : exitCode.notDone;
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

function sessionFor(region: string | undefined, options: RestoreOptions): RestoreSession {
  return {
    lambda: new LambdaControl(region, options.targetProfile),
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
