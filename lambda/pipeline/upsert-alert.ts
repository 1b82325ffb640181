import { type Lease, maxListedRecords, occurrencesOf, type StoredAlert } from '../detection/alert';
import { isUnfinished } from '../detection/alert-news';
import type { AlertId } from '../detection/brands';
import { type Contribution, isSameAlert, type Judged, withContribution } from '../detection/fold-alert';

import { GoneAlertError } from '../errors';
import { changeAlert } from './change-alert';
import type { PipelineDependencies, PipelineOptions } from './dependencies';

/** What a step knows of the records of one alert. */
export interface Judgement {
  readonly judged: readonly [Judged, ...Judged[]];
  /** Version of the history that it follows from; `undefined` where it follows from none. */
  readonly historyVersion: number | undefined;
  /** Whether it holds every record of the alert that the history can judge. */
  readonly isComplete: boolean;
}

export interface UpsertRequest {
  readonly alertId: AlertId;
  /** The alert as it was read already. */
  readonly read: StoredAlert | undefined;
  /** Identity of the record to count; `undefined` where records are only judged again. */
  readonly recordId: string | undefined;
  readonly judgement: Judgement;
  /**
   * Judges by the history as it is now, because the alert was judged by a later version than `judgement`; `undefined` where
   * that history has dropped the records.
   */
  readonly judgeAnew: () => Promise<Judgement | undefined>;
}

export interface UpsertResult {
  readonly alert: StoredAlert;
  /** Whether the record made the alert, was counted into it, or had been counted before. */
  readonly outcome: 'created' | 'folded' | 'duplicate';
  /** Held where this write also took the right to notify. */
  readonly lease: Lease | undefined;
}

/** Adds what is known of a record to its alert, or makes the alert. Doing it twice changes nothing. */
export async function upsertAlert(
  request: UpsertRequest,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<UpsertResult> {
  const lease = newLease(dependencies, options);
  let { judgement } = request;
  let outcome: UpsertResult['outcome'] = 'duplicate';
  const alert = await changeAlert(dependencies.alerts, request.alertId, request.read, async (stored) => {
    if (isBehind(judgement, stored)) judgement = await judgedAnew(request, judgement);
    const next = await nextAlert(request, judgement, stored, dependencies);
    if (stored !== undefined && isSameAlert(stored, next)) {
      // A write whose answer was lost shows by its own token on the lease.
      if (leaseOf(stored, lease) === undefined) outcome = 'duplicate';
      return stored;
    }
    outcome = outcomeOf(stored, next);
    return withFreeLease(next, lease, dependencies);
  });
  if (alert === undefined) throw new GoneAlertError(request.alertId);
  return { alert, outcome, lease: leaseOf(alert, lease) };
}

function leaseOf(alert: StoredAlert, lease: Lease): Lease | undefined {
  return alert.lease?.token === lease.token ? lease : undefined;
}

async function judgedAnew({ judgeAnew }: UpsertRequest, judgement: Judgement): Promise<Judgement> {
  return (await judgeAnew()) ?? { ...judgement, historyVersion: undefined, isComplete: false };
}

async function nextAlert(
  { alertId, recordId }: UpsertRequest,
  judgement: Judgement,
  stored: StoredAlert | undefined,
  dependencies: PipelineDependencies,
): Promise<StoredAlert> {
  const contribution = await contributionOf(alertId, recordId, judgement, stored, dependencies);
  return withContribution(stored, contribution, dependencies.clock.now());
}

function isBehind({ historyVersion }: Judgement, stored: StoredAlert | undefined): boolean {
  return historyVersion !== undefined && stored !== undefined && stored.historyVersion > historyVersion;
}

async function contributionOf(
  alertId: AlertId,
  recordId: string | undefined,
  { judged, historyVersion, isComplete }: Judgement,
  stored: StoredAlert | undefined,
  { alerts, exporters = [] }: PipelineDependencies,
): Promise<Contribution> {
  const isFull = stored !== undefined && stored.recordIds.size >= maxListedRecords;
  const needsBucket = recordId !== undefined && isFull && !stored.recordIds.has(recordId);
  const [{ finding }] = judged;
  const bucket = needsBucket
    ? await alerts.countBeyond(alertId, recordId, finding.expiresAtSeconds)
    : undefined;
  return {
    counted: recordId === undefined ? undefined : { recordId, bucket },
    judged,
    historyVersion: historyVersion ?? 0,
    isComplete,
    exporters: exporters.map(({ name }) => name),
  };
}

function outcomeOf(stored: StoredAlert | undefined, next: StoredAlert): UpsertResult['outcome'] {
  if (stored === undefined) return 'created';
  return occurrencesOf(next) > occurrencesOf(stored) ? 'folded' : 'duplicate';
}

/** The write that makes an alert unfinished also takes its lease where it is free, which saves a write of its own. */
function withFreeLease(alert: StoredAlert, lease: Lease, { clock }: PipelineDependencies): StoredAlert {
  const isHeld = (alert.lease?.untilMilliseconds ?? 0) > clock.now().getTime();
  return isHeld || !isUnfinished(alert) ? alert : { ...alert, lease };
}

export function newLease(
  { newToken, clock }: PipelineDependencies,
  { leaseMilliseconds }: PipelineOptions,
): Lease {
  return { token: newToken(), untilMilliseconds: clock.now().getTime() + leaseMilliseconds };
}
