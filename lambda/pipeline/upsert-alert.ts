import { type Finding, isUnfinished, rankAfter, type StoredAlert, strengthOf } from '../detection/alert';
import { ContendedAlertError } from '../errors';
import type { Lease } from '../ports';
import type { PipelineDependencies, PipelineOptions } from './dependencies';

export interface UpsertResult {
  readonly alert: StoredAlert;
  readonly outcome: 'created' | 'folded' | 'duplicate';
  /** Held where this record's write also took the right to notify. */
  readonly lease: Lease | undefined;
}

/**
 * Each condition that can fail is settled by one more read, because times, strength and rank only ever grow; the rest
 * covers alerts that expire or fill up meanwhile.
 */
const maxAttempts = 12;

/** How a record meets its alert. */
export interface RecordOptions {
  /** The alert as it was read already. */
  readonly read: StoredAlert | undefined;
  /** Whether a record that is counted may be judged anew: its processing is not over, and more is known than before. */
  readonly mayRejudge: boolean;
}

/** Stores the record: makes its alert, counts it into the alert, or finds it counted already. */
export async function upsertAlert(
  record: Finding,
  { read, mayRejudge }: RecordOptions,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<UpsertResult> {
  const lease = newLease(ports, options);
  let stored = read;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const outcome = await attemptToRecord(record, stored, lease, mayRejudge, ports);
    if (outcome !== undefined) return outcome;
    stored = await ports.alerts.read(record.alertId);
  }
  throw new ContendedAlertError(record.alertId, maxAttempts);
}

async function attemptToRecord(
  record: Finding,
  stored: StoredAlert | undefined,
  lease: Lease,
  mayRejudge: boolean,
  ports: PipelineDependencies,
): Promise<UpsertResult | undefined> {
  const rejudged = (alert: StoredAlert) => rejudgeOrLeave(record, alert, lease, mayRejudge, ports);
  if (stored?.recordIds.has(record.recordId)) return rejudged(stored);
  const wanted = wantsLease(record, stored, ports) ? lease : undefined;
  if (stored === undefined) {
    const created = await ports.alerts.create(record, wanted);
    return created.outcome === 'conflict'
      ? undefined
      : { alert: created.alert, outcome: 'created', lease: wanted };
  }
  const folded = await ports.alerts.fold(stored, record, wanted);
  if (folded.outcome === 'duplicate') return rejudged(folded.alert);
  return folded.outcome === 'conflict'
    ? undefined
    : { alert: folded.alert, outcome: 'folded', lease: wanted };
}

async function rejudgeOrLeave(
  record: Finding,
  stored: StoredAlert,
  lease: Lease,
  mayRejudge: boolean,
  ports: PipelineDependencies,
): Promise<UpsertResult | undefined> {
  if (!mayRejudge || strengthOf(record) <= stored.strength) return countedBefore(stored, lease);
  const wanted = wantsLease(record, stored, ports) ? lease : undefined;
  const result = await ports.alerts.rejudge(stored, record, wanted);
  return result.outcome === 'conflict'
    ? undefined
    : { alert: result.alert, outcome: 'duplicate', lease: wanted };
}

/** A write of ours whose answer was lost shows by our own token on the lease. */
function countedBefore(alert: StoredAlert, lease: Lease): UpsertResult {
  const isOurs = alert.lease?.token === lease.token;
  return { alert, outcome: 'duplicate', lease: isOurs ? lease : undefined };
}

/** The write that makes an alert unfinished also takes its lease where it is free, which saves a write of its own. */
function wantsLease(
  record: Finding,
  stored: StoredAlert | undefined,
  { clock }: PipelineDependencies,
): boolean {
  const rank = rankAfter(stored, record);
  const held = (stored?.lease?.untilMilliseconds ?? 0) > clock.now().getTime();
  return !held && isUnfinished({ rank, settledRank: stored?.settledRank ?? 0 });
}

export function newLease(
  { newToken, clock }: PipelineDependencies,
  { leaseMilliseconds }: PipelineOptions,
): Lease {
  return { token: newToken(), untilMilliseconds: clock.now().getTime() + leaseMilliseconds };
}
