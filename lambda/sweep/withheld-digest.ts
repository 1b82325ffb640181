import { digestNotification } from '../notification/digest';
import type { Clock, Publisher } from '../ports';
import type { UndeliveredAlerts } from './ports';

/** More are left for the next digest, which says so. */
const maxInOneDigest = 500;

export interface DigestPorts {
  readonly undelivered: UndeliveredAlerts;
  readonly publisher: Publisher;
  readonly clock: Clock;
}

/**
 * Tells of all withheld notifications in one message, then takes them off the list. Only a crash between the two tells of
 * them twice. Answers with their number.
 */
export async function sendDigest(
  { undelivered, publisher, clock }: DigestPorts,
  alertTable: { readonly name: string; readonly region: string } | undefined,
): Promise<number> {
  const withheld = await undelivered.list('withheld', maxInOneDigest);
  if (withheld.length === 0) return 0;
  const isAll = withheld.length < maxInOneDigest;
  await publisher.publish(digestNotification({ withheld, isAll, now: clock.now(), alertTable }));
  for (const { alertId } of withheld) await undelivered.markDigested(alertId);
  return withheld.length;
}
