import { type AlertRecord, isUnfinished, rankAfter, type StoredAlert, strengthOf } from '../detection/alert';
import { ContendedAlertError } from '../errors';
import type { Lease } from '../ports';
import type { PipelineOptions, PipelinePorts } from './dependencies';

export interface Recorded {
  readonly alert: StoredAlert;
  readonly recorded: 'created' | 'folded' | 'duplicate';
  /** Held where this record's write also took the right to notify. */
  readonly lease: Lease | undefined;
}

/**
 * Each condition that can fail is settled by one more read, because times, strength and rank only ever grow; the rest
 * covers alerts that expire or fill up meanwhile.
 */
const maximumAttempts = 12;

/** How a record meets its alert. */
export interface RecordOptions {
  /** The alert as it was read already. */
  readonly read: StoredAlert | undefined;
  /** Whether a record that is counted may be judged anew: its processing is not over, and more is known than before. */
  readonly mayRestate: boolean;
}

/** Stores the record: makes its alert, counts it into the alert, or finds it counted already. */
export async function recordAlert(
  record: AlertRecord,
  { read, mayRestate }: RecordOptions,
  ports: PipelinePorts,
  options: PipelineOptions,
): Promise<Recorded> {
  const lease = newLease(ports, options);
  let stored = read;
  for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
    const recorded = await attemptToRecord(record, stored, lease, mayRestate, ports);
    if (recorded !== undefined) return recorded;
    stored = await ports.alerts.read(record.alertId);
  }
  throw new ContendedAlertError(record.alertId, maximumAttempts);
}

async function attemptToRecord(
  record: AlertRecord,
  stored: StoredAlert | undefined,
  lease: Lease,
  mayRestate: boolean,
  ports: PipelinePorts,
): Promise<Recorded | undefined> {
  const restated = (alert: StoredAlert) => restateOrLeave(record, alert, lease, mayRestate, ports);
  if (stored?.recordIds.has(record.recordId)) return restated(stored);
  const wanted = wantsLease(record, stored, ports) ? lease : undefined;
  if (stored === undefined) {
    const created = await ports.alerts.create(record, wanted);
    return created.outcome === 'conflict'
      ? undefined
      : { alert: created.alert, recorded: 'created', lease: wanted };
  }
  const folded = await ports.alerts.fold(stored, record, wanted);
  if (folded.outcome === 'duplicate') return restated(folded.alert);
  return folded.outcome === 'conflict'
    ? undefined
    : { alert: folded.alert, recorded: 'folded', lease: wanted };
}

async function restateOrLeave(
  record: AlertRecord,
  stored: StoredAlert,
  lease: Lease,
  mayRestate: boolean,
  ports: PipelinePorts,
): Promise<Recorded | undefined> {
  if (!mayRestate || strengthOf(record) <= stored.strength) return countedBefore(stored, lease);
  const wanted = wantsLease(record, stored, ports) ? lease : undefined;
  const result = await ports.alerts.restate(stored, record, wanted);
  return result.outcome === 'conflict'
    ? undefined
    : { alert: result.alert, recorded: 'duplicate', lease: wanted };
}

/** A write of ours whose answer was lost shows by our own token on the lease. */
function countedBefore(alert: StoredAlert, lease: Lease): Recorded {
  const isOurs = alert.lease?.token === lease.token;
  return { alert, recorded: 'duplicate', lease: isOurs ? lease : undefined };
}

/** The write that makes an alert unfinished also takes its lease where it is free, which saves a write of its own. */
function wantsLease(record: AlertRecord, stored: StoredAlert | undefined, { clock }: PipelinePorts): boolean {
  const rank = rankAfter(stored, record);
  const held = (stored?.lease?.untilMilliseconds ?? 0) > clock.now().getTime();
  return !held && isUnfinished({ rank, settledRank: stored?.settledRank ?? 0 });
}

export function newLease({ newToken, clock }: PipelinePorts, { leaseMilliseconds }: PipelineOptions): Lease {
  return { token: newToken(), untilMilliseconds: clock.now().getTime() + leaseMilliseconds };
}
