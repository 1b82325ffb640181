import { metric } from '../contract';
import type { StoredAlert } from '../detection/alert';
import { type Call, readCall } from '../detection/call';
import { mismatchOf, readEnvelope } from '../detection/envelope';
import type { FindingDocument } from '../detection/finding-document';
import { forgedCall } from '../detection/forged';
import { readFunctionLifecycle } from '../detection/lifecycle';
import { type CloudTrailRecord, parseRecord } from '../detection/record';
import { type MismatchReason, matchRule } from '../detection/rule';
import { readTampering } from '../detection/tampering';
import type { Observer } from '../ports';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { exportFinding } from './export-finding';
import { type Notified, notifyAlert } from './notify-alert';
import { type StoredFinding, storeFinding } from './store-finding';
import { rememberDenied, trackFunctionLifecycle } from './track-function';

/** What became of one record. */
export type Outcome =
  | { readonly kind: 'not-cloudtrail'; readonly reason: string }
  | { readonly kind: 'not-matched'; readonly reason: string }
  | {
      readonly kind: 'alert';
      readonly alertId: string;
      /** Whether the record made the alert, was counted into it, or had been counted before. */
      readonly outcome: 'created' | 'folded' | 'duplicate';
      readonly notification: Notified;
      readonly alert: StoredAlert;
      /** What this record alone was judged to be; `undefined` where it had been settled before. */
      readonly finding: FindingDocument | undefined;
      /** `undefined` where the record has none. */
      readonly eventTime: Date | undefined;
    };

/**
 * The way of one record: parse, match, change, context, record, notify, confirm. Resolves only when the alert is stored
 * and, where it is to be notified, SNS has accepted it or the budget has withheld it; rejects otherwise.
 */
export async function processRecord(
  value: unknown,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<Outcome> {
  const parsed = parseRecord(value);
  if (parsed.kind === 'not-cloudtrail') {
    ports.observer.warn('not a CloudTrail record', { reason: parsed.reason });
    ports.observer.count(metric.notCloudTrail);
    return parsed;
  }
  const { record } = parsed;
  const forged = forgedCallOf(value, record, options);
  if (forged !== undefined) return handleCall(record, forged, ports, options);
  const tampering = readTampering(record, options.ownNamePrefix);
  const match = matchRule(record);
  const lifecycle = readFunctionLifecycle(record);
  if (lifecycle !== undefined) await trackFunctionLifecycle(record, lifecycle, ports);
  if (tampering === undefined && !match.matched)
    return handleNonMatch(record, lifecycle === undefined ? match.reason : 'function-lifecycle', ports);
  return handleCall(
    record,
    tampering ?? readCall(record, match.matched ? match.action : 'update'),
    ports,
    options,
  );
}

/** What an event that was forged, or that was handed on wrongly, is told of as. */
function forgedCallOf(
  value: unknown,
  record: CloudTrailRecord,
  { ownAccount }: PipelineOptions,
): Call | undefined {
  const envelope = readEnvelope(value);
  const mismatch = envelope === undefined ? undefined : mismatchOf(record, envelope, ownAccount);
  return envelope === undefined || mismatch === undefined ? undefined : forgedCall(envelope, mismatch);
}

async function handleCall(
  record: CloudTrailRecord,
  call: Call,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<Outcome> {
  ports.observer.count(call.asked.kind === 'tampering' ? metric.tampering : metric.matched);
  const stored = await storeFinding(record, call, ports, options);
  observeStored(stored, record, ports.observer);
  const { eventTime } = record;
  const time = eventTime ?? ports.clock.now();
  const notification = await notifyAlert(stored.alert, stored.lease, time, ports, options);
  const { alert, outcome } = stored;
  if (outcome !== 'duplicate') await exportFinding(alert, outcome, ports);
  const finding = stored.finding?.document;
  return { kind: 'alert', alertId: alert.alertId, outcome, notification, alert, finding, eventTime };
}

/** What is no match may still tell of an attempt that AWS refused. */
async function handleNonMatch(
  record: CloudTrailRecord,
  reason: MismatchReason | 'function-lifecycle',
  ports: PipelineDependencies,
): Promise<Outcome> {
  if (reason === 'failed-call') await rememberDenied(record, ports);
  ports.observer.count(metric.notMatched, 1, { reason });
  return { kind: 'not-matched', reason };
}

function observeStored(
  { alert, outcome, finding }: StoredFinding,
  record: CloudTrailRecord,
  observer: Observer,
): void {
  const { message, layerwatch } = (finding ?? alert).document;
  const { disposition, exception } = layerwatch;
  observer.info(message, { alertId: alert.alertId, outcome, disposition, eventId: record.identityId });
  if (outcome === 'created') {
    observer.count(metric.alertsCreated);
    observer.count(metric.alertsByBand, 1, { band: layerwatch.risk.band });
  }
  if (outcome === 'duplicate') observer.count(metric.duplicates);
  if (exception !== null && outcome !== 'duplicate') observer.count(metric.excepted, 1, { exception });
}
