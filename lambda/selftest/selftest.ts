import { dispositionOf, type StoredAlert } from '../detection/alert';
import type { Clock } from '../ports';
import type { SelftestCalls } from './ports';

/** What is in the layer: a sentence for the person who finds it. */
export const selftestLayerText = 'Published by a self-test of Layerwatch, which deletes it within minutes.\n';

export const selftestReason = 'self-test';

export interface SelftestPorts extends SelftestCalls {
  readonly clock: Clock;
  readonly pause: () => Promise<void>;
  readonly onWaiting: (waitedMilliseconds: number, forWhat: 'alert' | 'confirmation') => void;
}

export type SelftestOutcome =
  /** The call made an alert, and where the settings notify of it, SNS has accepted it. */
  | 'passed'
  | 'no-alert'
  /** There is an alert and SNS has not accepted its notification. */
  | 'not-notified';

export interface SelftestResult {
  readonly outcome: SelftestOutcome;
  readonly layerArn: string;
  readonly alertId?: string;
  /** `record`, `except` or `withhold` where the settings keep it from being notified. */
  readonly disposition?: string;
  readonly callToAlertMilliseconds?: number;
  readonly callToConfirmationMilliseconds?: number;
  /** What could not be cleaned up, in words. */
  readonly left: readonly string[];
}

/** Clocks of two machines may differ by so much. */
const skewMilliseconds = 300_000;

/**
 * Makes a call that Layerwatch has to see, and waits for its alert and for SNS's acceptance of it. The layer is deleted and the
 * alert closed whatever came of it.
 */
export async function selftest(ports: SelftestPorts, timeoutMilliseconds: number): Promise<SelftestResult> {
  const calledAt = ports.clock.now();
  const { layerArn, version } = await ports.publish();
  const left: string[] = [];
  const tidy = (what: string, work: Promise<void>) =>
    work.catch((error: unknown) => void left.push(`${what}: ${String(error)}`));
  let alert: StoredAlert | undefined;
  try {
    alert = await awaitAlert(ports, layerArn, calledAt, timeoutMilliseconds);
  } finally {
    await tidy(`layer version ${layerArn}:${version} is not deleted`, ports.deleteVersion(layerArn, version));
  }
  if (alert === undefined) return { outcome: 'no-alert', layerArn, left };
  await tidy(`alert ${alert.alertId} is not closed`, ports.close(alert, selftestReason));
  return { ...timesOf(alert, calledAt), layerArn, alertId: alert.alertId, left };
}

async function awaitAlert(
  ports: SelftestPorts,
  layerArn: string,
  calledAt: Date,
  timeoutMilliseconds: number,
): Promise<StoredAlert | undefined> {
  const since = new Date(calledAt.getTime() - skewMilliseconds);
  let alert: StoredAlert | undefined;
  for (;;) {
    alert = await ports.findAlert(layerArn, since);
    if (alert !== undefined && isDelivered(alert)) return alert;
    const waited = ports.clock.now().getTime() - calledAt.getTime();
    if (waited > timeoutMilliseconds) return alert;
    ports.onWaiting(waited, alert === undefined ? 'alert' : 'confirmation');
    await ports.pause();
  }
}

function isDelivered(alert: StoredAlert): boolean {
  return alert.notifiedAt !== undefined || dispositionOf(alert) !== 'notify';
}

function timesOf(alert: StoredAlert, calledAt: Date) {
  const since = (time: string) => Math.max(0, Date.parse(time) - calledAt.getTime());
  const disposition = dispositionOf(alert);
  return {
    outcome: isDelivered(alert) ? ('passed' as const) : ('not-notified' as const),
    callToAlertMilliseconds: since(alert.judgedDocument.event.created),
    ...(disposition === 'notify' ? {} : { disposition }),
    ...(alert.notifiedAt === undefined ? {} : { callToConfirmationMilliseconds: since(alert.notifiedAt) }),
  };
}
