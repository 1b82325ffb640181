import type { Lease, StoredAlert } from '../detection/alert';
import { isUnfinished, newsIn } from '../detection/alert-news';
import type { FindingDocument } from '../detection/finding-document';
import { NotificationInProgressError } from '../errors';
import { errorMessage } from '../text/format';
import { changeStoredAlert } from './change-alert';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { type NotificationOutcome, NotificationStep, type NotifyResult } from './notification-step';
import { newLease } from './upsert-alert';

export interface NotifyRequest {
  readonly alert: StoredAlert;
  /** The lease, where the caller holds it already. */
  readonly lease: Lease | undefined;
  /** Documents of the alert's records that the caller has at hand, by record id. */
  readonly documents: ReadonlyMap<string, FindingDocument>;
}

/**
 * Publishes what an alert owes, one message a record, and notes each before the next.
 *
 *     claim the lease -> reserve in the budget -> publish -> note `notified`
 *                                   \-> refused -> note `withheld`
 *
 * A worker that holds the lease publishes; every other rejects with `NotificationInProgressError`, so that none returns before
 * SNS has accepted. A worker that fails gives the lease back. A crash after the publish and before the note repeats that message, with the same alert id.
 */
export async function notifyAlert(
  { alert, lease, documents }: NotifyRequest,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<NotifyResult> {
  if (!isUnfinished(alert)) return { outcome: 'none', alert };
  const held = lease === undefined ? await claim(alert, dependencies, options) : { alert, lease };
  if (held === undefined) return { outcome: 'none', alert };
  try {
    return await publishOwed(held, documents, dependencies, options);
  } catch (error) {
    await endLease(held, dependencies);
    throw error;
  }
}

async function publishOwed(
  { alert, lease }: Held,
  documents: ReadonlyMap<string, FindingDocument>,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<NotifyResult> {
  const outcomes = new Set<NotificationOutcome>();
  let current = alert;
  for (
    let [recordId] = newsIn(current, 'owed');
    recordId !== undefined;
    [recordId] = newsIn(current, 'owed')
  ) {
    const step = new NotificationStep(current, lease, recordId, dependencies, options);
    const result = await step.run(documents);
    current = result.alert;
    outcomes.add(result.outcome);
  }
  return { outcome: outcomes.has('sent') ? 'sent' : 'withheld', alert: current };
}

/** A retry need not wait for the end of a lease whose holder has failed; where this fails too, it does. */
async function endLease({ alert, lease }: Held, { alerts, observer }: PipelineDependencies): Promise<void> {
  try {
    await changeStoredAlert(alerts, alert, (stored) =>
      stored.lease?.token === lease.token ? { ...stored, lease: undefined } : undefined,
    );
  } catch (error) {
    observer.warn('the lease is kept until it ends', { alertId: alert.alertId, error: errorMessage(error) });
  }
}

interface Held {
  readonly alert: StoredAlert;
  readonly lease: Lease;
}

/** Takes over an unfinished notification that nobody holds; `undefined` where it was finished meanwhile. */
async function claim(
  alert: StoredAlert,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<Held | undefined> {
  const lease = newLease(dependencies, options);
  const claimed = await changeStoredAlert(dependencies.alerts, alert, (stored) => {
    if (!isUnfinished(stored)) return undefined;
    // A write whose answer was lost.
    if (stored.lease?.token === lease.token) return stored;
    refuseHeldLease(stored, dependencies);
    return { ...stored, lease };
  });
  return claimed === undefined ? undefined : { alert: claimed, lease };
}

function refuseHeldLease({ alertId, lease }: StoredAlert, { clock }: PipelineDependencies): void {
  const until = lease?.untilMilliseconds ?? 0;
  if (until > clock.now().getTime()) throw new NotificationInProgressError(alertId, until);
}
