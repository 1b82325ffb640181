import { metric } from '../contract';
import { bandOfRank, deliveryOf, isUnfinished, type StoredAlert } from '../detection/alert';
import { type Topic, topicsOf } from '../detection/routes';
import { ContendedAlertError, NotificationInProgressError } from '../errors';
import { plainNotification } from '../notification/message';
import type { Lease, Notification } from '../ports';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { newLease } from './upsert-alert';

/** Whether this call told somebody; `none` where nobody is to be told, or has been before. */
export type Notified = 'sent' | 'withheld' | 'none';

/**
 * Publishes an alert's notification and notes it. Whoever holds the lease publishes; everybody else rejects with
 * `NotificationInProgressError`, so that nobody returns before SNS has accepted.
 */
export async function notifyAlert(
  alert: StoredAlert,
  held: Lease | undefined,
  eventTime: Date,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<Notified> {
  if (!isUnfinished(alert)) return 'none';
  if (held !== undefined) return publish(alert, held, eventTime, ports, options);
  const claimed = await claim(alert, ports, options);
  return claimed === undefined ? 'none' : publish(claimed.alert, claimed.lease, eventTime, ports, options);
}

interface Claimed {
  readonly alert: StoredAlert;
  readonly lease: Lease;
}

/** Takes over an unfinished notification whose lease ran out; `undefined` where it was finished meanwhile. */
async function claim(
  alert: StoredAlert,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<Claimed | undefined> {
  refuseHeldLease(alert, ports);
  const lease = newLease(ports, options);
  const result = await ports.alerts.claim(alert, lease);
  if (result.outcome === 'written') return { alert: result.alert, lease };
  const current = await ports.alerts.read(alert.alertId);
  if (current === undefined || !isUnfinished(current)) return undefined;
  if (current.lease?.token === lease.token) return { alert: current, lease };
  refuseHeldLease(current, ports);
  throw new ContendedAlertError(alert.alertId, 1);
}

function refuseHeldLease(alert: StoredAlert, { clock }: PipelineDependencies): void {
  const until = alert.lease?.untilMilliseconds ?? 0;
  if (until > clock.now().getTime()) throw new NotificationInProgressError(alert.alertId, until);
}

async function publish(
  alert: StoredAlert,
  lease: Lease,
  eventTime: Date,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<Notified> {
  const { alertId, rank, actor } = alert;
  const rose = alert.notifiedRank > 0;
  if (!(await ports.budget.reserve({ alertId, rank, eventTime, actor, rose }))) {
    await ports.alerts.withhold(alert, lease, rank);
    ports.observer.count(metric.withheld);
    return 'withheld';
  }
  const messageId = await publishTo(topicsOf(alert.document, options.settings), alert, lease, ports, options);
  ports.observer.count(metric.notified);
  ports.observer.milliseconds(
    metric.eventToNotification,
    Math.max(0, ports.clock.now().getTime() - eventTime.getTime()),
  );
  await ports.alerts.confirm(alert, lease, rank, messageId);
  return 'sent';
}

/** What a topic accepted is noted before the next one is asked, so that a retry tells nobody twice. */
async function publishTo(
  topics: readonly Topic[],
  alert: StoredAlert,
  lease: Lease,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<string> {
  const left = topics.filter((topic) => !alert.deliveries.has(deliveryOf(alert.rank, topic)));
  const notification = render(alert, ports, options);
  let messageId = 'unknown';
  for (const [index, topic] of left.entries()) {
    const published = await ports.publisher.publish(
      topic === undefined ? notification : { ...notification, topic },
    );
    messageId = published.messageId;
    if (index < left.length - 1) await ports.alerts.noteDelivery(alert, lease, deliveryOf(alert.rank, topic));
  }
  return messageId;
}

/** A document that cannot be rendered is still told of, in plain words. */
function render(
  alert: StoredAlert,
  ports: PipelineDependencies,
  { alertTable }: PipelineOptions,
): Notification {
  const rose = alert.notifiedRank > 0 ? { rose: { fromBand: bandOfRank(alert.notifiedRank) ?? null } } : {};
  try {
    return ports.render(alert.document, { ...(alertTable === undefined ? {} : { alertTable }), ...rose });
  } catch (error) {
    ports.observer.count(metric.plainNotification);
    ports.observer.warn('the alert cannot be rendered, sending plain words', {
      alertId: alert.alertId,
      error: error instanceof Error ? error.message : String(error),
    });
    return plainNotification(alert.alertId);
  }
}
