import { type AlertRecord, isUnfinished, rankOf, type StoredAlert } from './detection/alert';
import { ContendedAlertError } from './errors';
import type { PipelineOptions, PipelinePorts } from './pipeline-ports';
import type { Lease } from './ports';

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

/** Stores the record: makes its alert, counts it into the alert, or finds it counted already. */
export async function recordAlert(
  record: AlertRecord,
  ports: PipelinePorts,
  options: PipelineOptions,
): Promise<Recorded> {
  const lease = newLease(ports, options);
  for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
    const recorded = await attemptToRecord(record, lease, ports);
    if (recorded !== undefined) return recorded;
  }
  throw new ContendedAlertError(record.alertId, maximumAttempts);
}

async function attemptToRecord(
  record: AlertRecord,
  lease: Lease,
  ports: PipelinePorts,
): Promise<Recorded | undefined> {
  const stored = await ports.alerts.read(record.alertId);
  if (stored?.recordIds.has(record.recordId)) return countedBefore(stored, lease);
  const wanted = wantsLease(record, stored, ports) ? lease : undefined;
  if (stored === undefined) {
    const created = await ports.alerts.create(record, wanted);
    return created.outcome === 'conflict'
      ? undefined
      : { alert: created.alert, recorded: 'created', lease: wanted };
  }
  const folded = await ports.alerts.fold(stored, record, wanted);
  if (folded.outcome === 'duplicate') return countedBefore(folded.alert, lease);
  return folded.outcome === 'conflict'
    ? undefined
    : { alert: folded.alert, recorded: 'folded', lease: wanted };
}

/** A write of ours whose answer was lost shows by our own token on the lease. */
function countedBefore(alert: StoredAlert, lease: Lease): Recorded {
  const isOurs = alert.lease?.token === lease.token;
  return { alert, recorded: 'duplicate', lease: isOurs ? lease : undefined };
}

/** The write that makes an alert unfinished also takes its lease where it is free, which saves a write of its own. */
function wantsLease(record: AlertRecord, stored: StoredAlert | undefined, { clock }: PipelinePorts): boolean {
  const rank = Math.max(rankOf(record.document), stored?.rank ?? 0);
  const held = (stored?.lease?.untilMilliseconds ?? 0) > clock.now().getTime();
  return !held && isUnfinished({ rank, settledRank: stored?.settledRank ?? 0 });
}

export function newLease({ newToken, clock }: PipelinePorts, { leaseMilliseconds }: PipelineOptions): Lease {
  return { token: newToken(), untilMilliseconds: clock.now().getTime() + leaseMilliseconds };
}
