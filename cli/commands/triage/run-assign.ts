import { assigneeOf, type TriageEntry } from '../../../lambda/detection/triage';
import { escapeForDisplay, quoted } from '../../../lambda/text/untrusted-text';
import { caller } from '../../aws/caller';
import { findAlert, openAlerts } from '../../aws/deployed-alerts';
import { NotDoneError, UsageError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { shortAlertId } from '../../output/format';
import { writeLine } from '../../output/write-line';
import type { AssignOptions } from './assign-options';

/** A name or an address, on one line of a table. */
const person = /^(?=.*\S)[^\p{C}\u2028\u2029]{1,100}$/u;

export async function run(
  id: string,
  name: string | undefined,
  options: AssignOptions & AwsOptions,
): Promise<ExitCode> {
  const assignee = assigneeFrom(name, options);
  const alerts = await openAlerts(options.stack);
  const alert = await findAlert(alerts, id);
  const short = shortAlertId(alert.alertId);
  const before = assigneeOf(alert);
  if (before === assignee)
    throw new NotDoneError(
      `alert ${short} is unchanged: it is assigned to ${escapeForDisplay(before ?? 'nobody')} already`,
    );
  const entry: TriageEntry = {
    at: new Date().toISOString(),
    by: (await caller()).arn,
    ...(assignee === undefined ? { action: 'unassign' } : { action: 'assign', reason: assignee }),
  };
  if ((await alerts.triage.write(alert, entry, alert.status)) === 'conflict')
    throw new NotDoneError(`alert ${short} changed meanwhile; read it again with layerwatch show ${short}`);
  await writeLine(
    process.stdout,
    options.json === true
      ? JSON.stringify({ alert_id: alert.alertId, assigned_to: assignee ?? null })
      : `${short} is assigned to ${escapeForDisplay(assignee ?? 'nobody')}, was to ${escapeForDisplay(before ?? 'nobody')}`,
  );
  return exitCode.done;
}

/** @throws {UsageError} where there is not one person, or not --nobody */
export function assigneeFrom(name: string | undefined, { nobody }: AssignOptions): string | undefined {
  if ((name === undefined) === (nobody !== true))
    throw new UsageError('assign takes either a person or --nobody');
  if (name !== undefined && !person.test(name))
    throw new UsageError(`${quoted(name, 120)} is no person; write one line of 1 to 100 characters`);
  return name?.trim();
}
