import { bareLayer } from '../../../lambda/detection/arn';
import { newLayersOf } from '../../../lambda/detection/layer-labels';
import { plural } from '../../../lambda/text/format';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import type { DeployedAlerts } from '../../aws/deployed-alerts';
import { describeAwsFailure, isAwsFailure } from '../../aws/describe-failure';
import type { LayerUser } from '../../aws/layer-users';
import { NotDoneError } from '../../errors';
import { layerUserTable } from '../../output/layer-user-table';
import { addEntry } from './alert-history';
import { FailedAttemptError, type RestoreSession } from './restore-session';
import { takeOff } from './take-off';

/** What became of one function. */
export interface TakenOff {
  readonly user: LayerUser;
  readonly isDone: boolean;
  readonly outcome: string;
  /** The latest alert about the layer on this function, which holds the outcome. */
  readonly alertId: string | undefined;
}

/** A layer, and where it is known to be. */
export interface SpreadLayer {
  readonly layer: string;
  readonly users: readonly LayerUser[];
}

/** Prints the functions that have the layer, and asks whether to take it off all of them. */
export async function askForAll(
  { layer, users }: SpreadLayer,
  { print, confirm, dryRun }: RestoreSession,
  maxWidth: number | undefined,
): Promise<void> {
  for (const line of layerUserTable(users, maxWidth)) await print(line);
  if (!dryRun) await confirm(`Take ${layer} off ${plural(users.length, 'function')}?`);
}

/**
 * Takes a layer off its functions one by one. A function that fails keeps none of the others. Once `interrupted` is aborted, the
 * function at hand is finished and no other is begun.
 */
export async function takeOffAll(
  { layer, users }: SpreadLayer,
  alerts: DeployedAlerts,
  sessionOf: (region: string | undefined) => RestoreSession,
  interrupted: AbortSignal,
): Promise<readonly TakenOff[]> {
  const all: TakenOff[] = [];
  for (const user of users)
    all.push(
      interrupted.aborted
        ? { user, isDone: false, outcome: 'not begun: interrupted', alertId: undefined }
        : await takeOffOne(user, layer, alerts, sessionOf(user.region)),
    );
  return all;
}

async function takeOffOne(
  user: LayerUser,
  layer: string,
  alerts: DeployedAlerts,
  session: RestoreSession,
): Promise<TakenOff> {
  try {
    const restored = await takeOff(user, layer, session);
    const alertId = restored.wasTried ? await note(user, layer, restored.outcome, alerts) : undefined;
    return { user, isDone: true, outcome: restored.outcome, alertId };
  } catch (error) {
    const outcome = reasonOf(error);
    const wasTried = error instanceof FailedAttemptError;
    const alertId = wasTried ? await note(user, layer, `failed: ${outcome}`, alerts) : undefined;
    return { user, isDone: false, outcome, alertId };
  }
}

/** What is no answer of AWS and no refusal of ours is a fault, and ends the command. */
function reasonOf(error: unknown): string {
  if (error instanceof NotDoneError) return error.message;
  if (isAwsFailure(error)) return describeAwsFailure(error);
  throw error;
}

/** Writes the outcome into the latest alert about the layer on the function, where there is one. */
async function note(
  { functionArn }: LayerUser,
  layer: string,
  outcome: string,
  alerts: DeployedAlerts,
): Promise<string | undefined> {
  try {
    const alertId = await findAlertOf(functionArn, layer, alerts);
    if (alertId !== undefined) await addEntry(alerts, alertId, 'restore', outcome);
    return alertId;
  } catch (error) {
    if (!isAwsFailure(error)) throw error;
    const reason = escapeForDisplay(describeAwsFailure(error));
    process.stderr.write(`warning: the outcome is in no alert of ${functionArn}: ${reason}\n`);
    return undefined;
  }
}

async function findAlertOf(
  functionArn: string,
  layer: string,
  { catalogue }: DeployedAlerts,
): Promise<string | undefined> {
  const until = new Date(Date.now() + 86_400_000);
  const query = { by: { kind: 'target', arn: functionArn }, since: new Date(0), until, filters: {} } as const;
  for await (const { alertId, judgedDocument } of catalogue.list(query)) {
    const { layers } = judgedDocument.layerwatch.change;
    const putThere = newLayersOf(layers);
    if (putThere.some(({ arn }) => arn === layer || (arn !== null && bareLayer(arn) === layer)))
      return alertId;
  }
  return undefined;
}
