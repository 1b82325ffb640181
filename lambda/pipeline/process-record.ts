import { metric } from '../contract';
import type { StoredAlert } from '../detection/alert';
import { type Call, readCall } from '../detection/call';
import { mismatchOf, readEnvelope } from '../detection/envelope';
import type { FindingDocument } from '../detection/finding-document';
import { forgedCall } from '../detection/forged';
import { readLifecycle } from '../detection/lifecycle';
import { type CloudTrailRecord, parseRecord } from '../detection/record';
import { type MismatchReason, matchRule } from '../detection/rule';
import { readTampering } from '../detection/tampering';
import type { Observer } from '../ports';
import type { PipelineOptions, PipelinePorts } from './dependencies';
import { exportFinding } from './export-finding';
import { type Notified, notifyAlert } from './notify-alert';
import { type SettledRecord, settleRecord } from './store-finding';
import { followFunction, rememberDenied } from './track-function';

/** What became of one record. */
export type Outcome =
  | { readonly kind: 'not-cloudtrail'; readonly reason: string }
  | { readonly kind: 'not-matched'; readonly reason: string }
  | {
      readonly kind: 'alert';
      readonly alertId: string;
      /** Whether the record made the alert, was counted into it, or had been counted before. */
      readonly recorded: 'created' | 'folded' | 'duplicate';
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
  ports: PipelinePorts,
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
  if (forged !== undefined) return settle(record, forged, ports, options);
  const tampering = readTampering(record, options.ownNamePrefix);
  const match = matchRule(record);
  const lifecycle = readLifecycle(record);
  if (lifecycle !== undefined) await followFunction(record, lifecycle, ports);
  if (tampering === undefined && !match.matched)
    return setAside(record, lifecycle === undefined ? match.reason : 'function-lifecycle', ports);
  return settle(
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

async function settle(
  record: CloudTrailRecord,
  call: Call,
  ports: PipelinePorts,
  options: PipelineOptions,
): Promise<Outcome> {
  ports.observer.count(call.asked.kind === 'tampering' ? metric.tampering : metric.matched);
  const settled = await settleRecord(record, call, ports, options);
  observeSettled(settled, record, ports.observer);
  const { eventTime } = record;
  const time = eventTime ?? ports.clock.now();
  const notification = await notifyAlert(settled.alert, settled.lease, time, ports, options);
  const { alert, recorded } = settled;
  if (recorded !== 'duplicate') await exportFinding(alert, recorded, ports);
  const finding = settled.finding?.document;
  return { kind: 'alert', alertId: alert.alertId, recorded, notification, alert, finding, eventTime };
}

/** What is no match may still tell of an attempt that AWS refused. */
async function setAside(
  record: CloudTrailRecord,
  reason: MismatchReason | 'function-lifecycle',
  ports: PipelinePorts,
): Promise<Outcome> {
  if (reason === 'failed-call') await rememberDenied(record, ports);
  ports.observer.count(metric.notMatched, 1, { reason });
  return { kind: 'not-matched', reason };
}

function observeSettled(
  { alert, recorded, finding }: SettledRecord,
  record: CloudTrailRecord,
  observer: Observer,
): void {
  const { message, layerwatch } = (finding ?? alert).document;
  const { disposition, exception } = layerwatch;
  observer.info(message, { alertId: alert.alertId, recorded, disposition, eventId: record.identityId });
  if (recorded === 'created') {
    observer.count(metric.alertsCreated);
    observer.count(metric.alertsByBand, 1, { band: layerwatch.risk.band });
  }
  if (recorded === 'duplicate') observer.count(metric.duplicates);
  if (exception !== null && recorded !== 'duplicate') observer.count(metric.excepted, 1, { exception });
}
