import type { StoredAlert } from '../detection/alert';
import { newsIn, withDigested } from '../detection/alert-news';
import { LayerwatchError } from '../errors';
import { digestNotification } from '../notification/digest';
import type { PipelineOptions } from '../pipeline/dependencies';
import type { AlertStore, Clock, Publisher, UndeliveredAlert, UndeliveredAlerts } from '../ports';

/** More are left for the next digest, which says so. */
const maxInOneDigest = 500;

/** Each attempt that fails means that another writer changed the alert. */
const maxAttempts = 20;

export interface DigestDependencies {
  readonly alerts: Pick<AlertStore, 'read' | 'write'>;
  readonly undelivered: UndeliveredAlerts;
  readonly publisher: Publisher;
  readonly clock: Clock;
}

/**
 * Names all withheld alerts in one message, then notes for each which of its records the message has named: what is withheld
 * after it was read stays for the next digest. Only a crash between the two names them twice. Answers with their number.
 */
export async function sendDigest(
  dependencies: DigestDependencies,
  { alertTable, settings: { accountNames } }: Pick<PipelineOptions, 'alertTable' | 'settings'>,
): Promise<number> {
  const withheld = await withheldAlerts(dependencies);
  if (withheld.length === 0) return 0;
  const isAll = withheld.length < maxInOneDigest;
  const listed = withheld.map(({ listed }) => listed);
  const now = dependencies.clock.now();
  const digest = digestNotification({ withheld: listed, isAll, now, alertTable, accountNames });
  await dependencies.publisher.publish(digest);
  for (const { alert } of withheld) await noteDigested(alert, dependencies);
  return withheld.length;
}

interface WithheldAlert {
  readonly listed: UndeliveredAlert;
  readonly alert: StoredAlert;
}

/** The index is a moment behind, so each alert is read. */
async function withheldAlerts({
  alerts,
  undelivered,
}: DigestDependencies): Promise<readonly WithheldAlert[]> {
  const found: WithheldAlert[] = [];
  for await (const listed of undelivered.list('withheld')) {
    const alert = await readable(listed, alerts);
    if (alert !== undefined && newsIn(alert, 'withheld').length > 0) found.push({ listed, alert });
    if (found.length >= maxInOneDigest) break;
  }
  return found;
}

/** An alert that cannot be read, or that a newer release wrote, keeps none of the others from the digest. */
async function readable(
  { alertId }: UndeliveredAlert,
  alerts: DigestDependencies['alerts'],
): Promise<StoredAlert | undefined> {
  try {
    return await alerts.read(alertId);
  } catch (error) {
    if (error instanceof LayerwatchError) return undefined;
    throw error;
  }
}

async function noteDigested(read: StoredAlert, { alerts }: DigestDependencies): Promise<void> {
  const named = newsIn(read, 'withheld');
  let current: StoredAlert | undefined = read;
  for (let attempt = 1; attempt <= maxAttempts && current !== undefined; attempt++) {
    if ((await alerts.write(withDigested(current, named), current)).outcome === 'written') return;
    current = await alerts.read(read.alertId);
  }
}
