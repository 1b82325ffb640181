import { metric } from '../contract';
import { documentOf, type StoredAlert } from '../detection/alert';
import type { AlertId } from '../detection/brands';
import type { Call } from '../detection/call';
import { classify } from '../detection/classify';
import type { FindingDocument } from '../detection/finding-document';
import { entryOfLifecycle } from '../detection/history-entry';
import { actorKey } from '../detection/identity';
import type { FunctionLifecycle } from '../detection/lifecycle';
import type { CloudTrailRecord } from '../detection/record';
import type { MismatchReason } from '../detection/rule';
import { deniedAttemptOf } from '../detection/state-query';
import { assertNever } from '../errors';
import type { Observer } from '../ports';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { exportFinding } from './export-finding';
import { type RejudgedAlert, updateLaterAlerts } from './later-alerts';
import type { NotificationOutcome } from './notification-step';
import { notifyAlert } from './notify-alert';
import { placeEntry, readHistory } from './place-entry';
import { type StoredCall, storeCall } from './store-call';

/** What became of one record. */
export type Outcome =
  | { readonly kind: 'not-cloudtrail'; readonly reason: string }
  | { readonly kind: 'not-matched'; readonly reason: MismatchReason | 'function-lifecycle' }
  | {
      readonly kind: 'alert';
      readonly alertId: AlertId;
      /** Whether the record made the alert, was counted into it, or had been counted before. */
      readonly outcome: 'created' | 'folded' | 'duplicate';
      readonly notification: NotificationOutcome;
      readonly alert: StoredAlert;
      /** The finding of this record alone; `undefined` where it had been stored before. */
      readonly finding: FindingDocument | undefined;
      /** `undefined` where the record has none. */
      readonly eventTime: Date | undefined;
    };

/**
 * Handles one record: classify, store with what it changes, notify, export. Resolves only when the alert is stored and, where
 * it is to be notified, SNS has accepted it or the budget has withheld it; rejects otherwise, so that it is delivered again.
 */
export async function processRecord(
  value: unknown,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<Outcome> {
  const classified = classify(value, options);
  switch (classified.kind) {
    case 'not-cloudtrail':
      dependencies.observer.warn('not a CloudTrail record', { reason: classified.reason });
      dependencies.observer.count(metric.notCloudTrail);
      return classified;
    case 'no-match':
      return handleNonMatch(classified.record, classified.reason, dependencies);
    case 'function-lifecycle':
      await trackFunctionLifecycle(classified.record, classified.lifecycle, dependencies, options);
      dependencies.observer.count(metric.notMatched, 1, { reason: classified.kind });
      return { kind: 'not-matched', reason: classified.kind };
    case 'forged':
    case 'tampering':
      dependencies.observer.count(metric.tampering);
      return handleCall(classified.record, classified.call, dependencies, options);
    case 'layer-call':
      dependencies.observer.count(metric.matched);
      return handleCall(classified.record, classified.call, dependencies, options);
    default:
      return assertNever(classified);
  }
}

/** A failed call is no match, and a later success of its actor can say how often it was denied before. */
async function handleNonMatch(
  record: CloudTrailRecord,
  reason: MismatchReason,
  { state, observer }: PipelineDependencies,
): Promise<Outcome> {
  const attempt = reason === 'failed-call' ? deniedAttemptOf(record) : undefined;
  if (attempt !== undefined) await state.rememberDenied(actorKey(record.identity), attempt);
  observer.count(metric.notMatched, 1, { reason });
  return { kind: 'not-matched', reason };
}

/** A function that was created or deleted changes what later calls are compared with. */
async function trackFunctionLifecycle(
  record: CloudTrailRecord,
  lifecycle: FunctionLifecycle,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<void> {
  const entry = entryOfLifecycle(record, lifecycle);
  if (entry === undefined) return;
  const { functionArn } = lifecycle;
  const { history, outcome } = await placeEntry(
    functionArn,
    entry,
    await readHistory(functionArn, dependencies),
    dependencies,
  );
  if (outcome === 'too-old' || outcome === 'crowded') return;
  const later = await updateLaterAlerts(functionArn, { history, entry }, undefined, dependencies, options);
  await notifyLaterAlerts(later, dependencies, options);
}

async function handleCall(
  record: CloudTrailRecord,
  call: Call,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<Outcome> {
  const stored = await storeCall(record, call, dependencies, options);
  observeStored(stored, record, dependencies.observer);
  const { alert, lease, documents, outcome, document } = stored;
  const [own, later] = await Promise.allSettled([
    notifyAlert({ alert, lease, documents }, dependencies, options),
    notifyLaterAlerts(stored.laterAlerts, dependencies, options),
  ]);
  if (own.status === 'rejected') throw own.reason;
  if (later.status === 'rejected') throw later.reason;
  await exportFinding(own.value.alert, dependencies);
  return {
    kind: 'alert',
    alertId: alert.alertId,
    outcome,
    notification: own.value.outcome,
    alert: own.value.alert,
    finding: document,
    eventTime: record.eventTime,
  };
}

/** One alert that cannot be notified keeps none of the others from it; the sweep finishes it. */
export async function notifyLaterAlerts(
  later: readonly RejudgedAlert[],
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<void> {
  const results = await Promise.allSettled(
    later.map(async (rejudged) => {
      const { alert } = await notifyAlert(rejudged, dependencies, options);
      await exportFinding(alert, dependencies);
    }),
  );
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

function observeStored(
  { alert, outcome, document }: StoredCall,
  record: CloudTrailRecord,
  observer: Observer,
): void {
  const { message, layerwatch } = document ?? documentOf(alert);
  const { disposition, exception } = layerwatch;
  observer.info(message, { alertId: alert.alertId, outcome, disposition, eventId: record.identityId });
  if (outcome === 'created') {
    observer.count(metric.alertsCreated);
    observer.count(metric.alertsByBand, 1, { band: layerwatch.risk.band });
  }
  if (outcome === 'duplicate') observer.count(metric.duplicates);
  if (exception !== null && outcome !== 'duplicate') observer.count(metric.excepted, 1, { exception });
}
