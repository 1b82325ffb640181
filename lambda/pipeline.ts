import { gatherContext } from './context/context-step';
import { metric } from './contract';
import type { AlertRecord, StoredAlert } from './detection/alert';
import { readCall } from './detection/call';
import { decideChange } from './detection/change';
import { buildFinding } from './detection/finding';
import { type CloudTrailRecord, parseRecord } from './detection/record';
import { matchRule } from './detection/rule';
import { type Notified, notifyAlert } from './notify-alert';
import type { PipelineOptions, PipelinePorts } from './pipeline-ports';
import type { Observer } from './ports';
import { recordAlert } from './record-alert';

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
  const match = matchRule(parsed.record);
  if (!match.matched) {
    ports.observer.count(metric.notMatched, 1, { reason: match.reason });
    return { kind: 'not-matched', reason: match.reason };
  }
  ports.observer.count(metric.matched);
  const finding = await judge(parsed.record, match.action, ports, options);
  return recordAndNotify(finding, ports, options);
}

async function judge(
  record: CloudTrailRecord,
  action: 'publish' | 'update',
  ports: PipelinePorts,
  options: PipelineOptions,
): Promise<AlertRecord> {
  const call = readCall(record, action);
  const change = decideChange(call.asked, undefined);
  const gathered = await gatherContext(ports.contextSteps, record, options.contextMilliseconds);
  if (gathered.unavailable.length > 0) {
    ports.observer.count(metric.unavailableContext, gathered.unavailable.length);
  }
  const { ownFunctionNames, settings } = options;
  return buildFinding(
    { record, call, change, ...gathered, now: ports.clock.now(), ownFunctionNames },
    settings,
  );
}

async function recordAndNotify(
  finding: AlertRecord,
  ports: PipelinePorts,
  options: PipelineOptions,
): Promise<Outcome> {
  const { alert, recorded, lease } = await recordAlert(finding, ports, options);
  observeRecorded(finding, recorded, ports.observer);
  const notification = await notifyAlert(alert, lease, finding, ports, options);
  return { kind: 'alert', alertId: finding.alertId, recorded, notification, alert };
}

function observeRecorded(
  finding: AlertRecord,
  recorded: 'created' | 'folded' | 'duplicate',
  observer: Observer,
): void {
  const { layerwatch, message } = finding.document;
  const { disposition, exception } = layerwatch;
  observer.info(message, { alertId: finding.alertId, recorded, disposition, eventId: finding.recordId });
  if (recorded === 'created') observer.count(metric.alertsCreated);
  if (recorded === 'duplicate') observer.count(metric.duplicates);
  if (exception !== null && recorded !== 'duplicate') observer.count(metric.excepted, 1, { exception });
}
