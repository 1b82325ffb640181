import type { StoredAlert } from '../detection/alert';
import type { AlertId } from '../detection/brands';
import { ContendedAlertError } from '../errors';
import type { AlertStore } from '../ports';

/** Each attempt that fails means that another writer changed the item: as many as Lambda runs of one function's calls at once. */
export const maxAttempts = 100;

/**
 * Changes an alert by what is stored, as often as others write in between. A change that returns what it was given writes
 * nothing, `undefined` gives up.
 *
 * @throws {ContendedAlertError} where others wrote in between each time
 */
export async function changeAlert(
  alerts: Pick<AlertStore, 'read' | 'write'>,
  alertId: AlertId,
  read: StoredAlert | undefined,
  change: (stored: StoredAlert | undefined) => Promise<StoredAlert | undefined> | StoredAlert | undefined,
): Promise<StoredAlert | undefined> {
  let stored = read;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const next = await change(stored);
    if (next === undefined || next === stored) return next;
    const written = await alerts.write(next, stored);
    if (written.outcome === 'written') return written.alert;
    stored = await alerts.read(alertId);
  }
  throw new ContendedAlertError(alertId, maxAttempts);
}

/** The same of an alert that exists. */
export async function changeStoredAlert(
  alerts: Pick<AlertStore, 'read' | 'write'>,
  read: StoredAlert,
  change: (stored: StoredAlert) => StoredAlert | undefined,
): Promise<StoredAlert | undefined> {
  return changeAlert(alerts, read.alertId, read, (stored) =>
    stored === undefined ? undefined : change(stored),
  );
}
