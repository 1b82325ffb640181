import type { TriageAction } from '../../../lambda/detection/triage';
import { caller } from '../../aws/caller';
import type { DeployedAlerts } from '../../aws/deployed-alerts';

const maxWriteAttempts = 5;

/** Writes into an alert what was done. The detector and other people may write it at the same time; the entry is true in any order. */
export async function addEntry(
  { alerts, triage }: Pick<DeployedAlerts, 'alerts' | 'triage'>,
  alertId: string,
  action: TriageAction,
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
