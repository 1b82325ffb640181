import { metric } from '../contract';
import { type Lease, type StoredAlert, withAlertState } from '../detection/alert';
import { deliveryOf, isUnfinished, withNotified, withWithheld } from '../detection/alert-news';
import type { FindingDocument } from '../detection/finding-document';
import { budgetAccount } from '../detection/notification-budget';
import { isNewActor } from '../detection/risk-factors';
import { type RouteName, routesOf } from '../detection/routes';
import { GoneAlertError, LostLeaseError } from '../errors';
import { plainNotification } from '../notification/message';
import type { Notification } from '../ports';
import { errorMessage } from '../text/format';
import { changeStoredAlert } from './change-alert';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { documentOfNews } from './document-of-news';

/** Whether this call notified somebody; `none` where nobody is to be notified, or was before. */
export type NotificationOutcome = 'sent' | 'withheld' | 'none';

export interface NotifyResult {
  readonly outcome: NotificationOutcome;
  readonly alert: StoredAlert;
}

/** The notification of one record of an alert, by the holder of its lease. */
export class NotificationStep {
  constructor(
    private readonly alert: StoredAlert,
    private readonly lease: Lease,
    private readonly recordId: string,
    private readonly dependencies: PipelineDependencies,
    private readonly options: PipelineOptions,
  ) {}

  async run(documents: ReadonlyMap<string, FindingDocument>): Promise<NotifyResult> {
    const { alert, recordId, dependencies, options } = this;
    const judged = documents.get(recordId) ?? (await documentOfNews(alert, recordId, dependencies, options));
    const document = withAlertState(judged, alert);
    if (!(await this.isGranted(document))) return { outcome: 'withheld', alert: await this.withhold() };
    const messageId = await this.publish(document);
    this.observe(document);
    const { band } = document.layerwatch.risk;
    const at = dependencies.clock.now().toISOString();
    const notified = await this.note((current) => withNotified(current, recordId, { band, messageId, at }));
    return { outcome: 'sent', alert: notified };
  }

  private isGranted(document: FindingDocument): Promise<boolean> {
    const { alert, recordId, options } = this;
    const { risk, context } = document.layerwatch;
    return this.dependencies.budget.reserve({
      alertId: alert.alertId,
      recordId,
      band: risk.band,
      eventTime: new Date(document['@timestamp']),
      actor: alert.actor,
      isNewActor: isNewActor(context),
      account: budgetAccount(document.cloud.account.id, options.settings),
      previouslyNotified: alert.notifiedBand !== undefined,
    });
  }

  private withhold(): Promise<StoredAlert> {
    this.dependencies.observer.count(metric.withheld);
    return this.note((current) => withWithheld(current, this.recordId));
  }

  /** What a topic accepted is noted before the next one is asked, so that a retry notifies nobody twice. */
  private async publish(document: FindingDocument): Promise<string> {
    const { recordId, dependencies } = this;
    const routes = routesOf(document, this.options.settings);
    const open = routes.filter((route) => !this.alert.deliveries.has(deliveryOf(recordId, route)));
    const notification = this.render(document);
    let messageId = 'unknown';
    for (const [index, route] of open.entries()) {
      const published = await dependencies.publisher.publish({ ...notification, route });
      messageId = published.messageId;
      if (index < open.length - 1) await this.noteDelivery(route);
    }
    return messageId;
  }

  /** A worker that has lost its lease stops: another one publishes what is left. */
  private async noteDelivery(route: RouteName): Promise<void> {
    const { alert, lease, recordId } = this;
    const noted = await this.note((current) => ({
      ...current,
      deliveries: new Set([...current.deliveries, deliveryOf(recordId, route)]),
    }));
    if (noted.lease?.token !== lease.token) throw new LostLeaseError(alert.alertId);
  }

  /** A document that cannot be rendered is still notified of, in plain words. */
  private render(document: FindingDocument): Notification {
    const { alert, dependencies } = this;
    const { alertTable } = this.options;
    const isFirst = alert.notifiedBand === undefined;
    const context = {
      ...(alertTable === undefined ? {} : { alertTable }),
      ...(isFirst ? {} : { previouslyNotified: { band: alert.notifiedBand } }),
    };
    try {
      return dependencies.render(document, context);
    } catch (error) {
      dependencies.observer.count(metric.plainNotification);
      const details = { alertId: alert.alertId, error: errorMessage(error) };
      dependencies.observer.warn('the alert cannot be rendered, sending plain words', details);
      return plainNotification(alert.alertId);
    }
  }

  private observe(document: FindingDocument): void {
    const { clock, observer } = this.dependencies;
    observer.count(metric.notified);
    const waited = clock.now().getTime() - Date.parse(document['@timestamp']);
    observer.milliseconds(metric.eventToNotification, Math.max(0, waited));
  }

  /** Notes what is true by now whatever others wrote meanwhile; the lease ends with the last record that is owed. */
  private async note(change: (current: StoredAlert) => StoredAlert): Promise<StoredAlert> {
    const noted = await changeStoredAlert(this.dependencies.alerts, this.alert, (stored) =>
      this.withLeaseWhileOwed(change(stored)),
    );
    if (noted === undefined) throw new GoneAlertError(this.alert.alertId);
    return noted;
  }

  private withLeaseWhileOwed(alert: StoredAlert): StoredAlert {
    const { lease, dependencies, options } = this;
    if (alert.lease?.token !== lease.token) return alert;
    if (!isUnfinished(alert)) return { ...alert, lease: undefined };
    const untilMilliseconds = dependencies.clock.now().getTime() + options.leaseMilliseconds;
    return { ...alert, lease: { ...lease, untilMilliseconds } };
  }
}
