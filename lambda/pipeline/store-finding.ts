import { type GatheredContext, gatherContext } from '../context/context-step';
import { metric } from '../contract';
import type { Finding, StoredAlert } from '../detection/alert';
import { alertIdOf } from '../detection/alert-id';
import {
  type Baseline,
  layersAfter,
  nextBaseline,
  orderNote,
  type Placement,
  placeRecord,
} from '../detection/baseline';
import { answeredLayers, type Call } from '../detection/call';
import { type Change, decideChange } from '../detection/change';
import { buildFinding } from '../detection/finding';
import type { CloudTrailRecord } from '../detection/record';
import type { Sighting } from '../detection/seen-entity';
import { withAccounts } from '../detection/settings';
import { type StateSnapshot, sightingsOf, stateQueryFor } from '../detection/state-query';
import { ContendedBaselineError } from '../errors';
import type { Lease } from '../ports';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { type UpsertResult, upsertAlert } from './upsert-alert';

/** A record that is counted into its alert, and whose function's baseline is set. */
export interface StoredFinding {
  readonly alert: StoredAlert;
  readonly outcome: UpsertResult['outcome'];
  /** Held where this record's write also took the right to notify. */
  readonly lease: Lease | undefined;
  /** `undefined` where the record had been settled before. */
  readonly finding: Finding | undefined;
}

/** Each turn that fails means another record of the same function went ahead. */
const maxTurns = 8;

/**
 * Judges the record against the baseline, stores it, then sets the baseline: in this order, so that a crash between them
 * leaves the baseline from before and the record sees the same change again. Where another record moved the baseline
 * meanwhile, the record is judged anew against what really was before it.
 */
export async function storeFinding(
  record: CloudTrailRecord,
  call: Call,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<StoredFinding> {
  const deadline = ports.clock.now().getTime() + options.contextMilliseconds;
  const gathered = await gatherContext(ports.contextSteps, record, options.contextMilliseconds);
  const country = gathered.context.origin?.country_iso_code ?? undefined;
  const question = stateQueryFor(record, call, country, options.settings.organization?.readAccounts);
  const alertId = alertIdOf(record, call, options.settings.foldingWindowMinutes);
  let settled: StoredFinding | undefined;
  for (let turn = 1; turn <= maxTurns; turn++) {
    const [read, snapshot] = await Promise.all([ports.alerts.read(alertId), ports.memory.recall(question)]);
    const { placement, next } = placeInHistory(record, call, snapshot);
    if (next === undefined && read?.recordIds.has(record.identityId)) return alreadyStored(settled, read);
    const change = decideChange(call.asked, placement.before, answeredLayers(record));
    const note = change.kind === 'before-unknown' ? orderNote(placement, snapshot.baseline) : undefined;
    const finding = await judge({ record, call, change, gathered, snapshot, note, deadline }, ports, options);
    const outcome = await upsertAlert(finding, { read, mayRejudge: next !== undefined }, ports, options);
    settled = mergeAttempts(settled, outcome, finding);
    const [isSet] = await Promise.all([
      setBaseline(call, snapshot, next, ports),
      rememberSightings(sightingsOf(record, call, change, country), snapshot, ports),
    ]);
    if (isSet) return settled;
  }
  throw new ContendedBaselineError(call.target.arn ?? '', maxTurns);
}

/** The record was counted, and the baseline is its own or newer: nothing is left to write. */
function alreadyStored(settled: StoredFinding | undefined, read: StoredAlert): StoredFinding {
  const before = { outcome: 'duplicate' as const, lease: undefined, finding: undefined };
  return { ...before, ...settled, alert: read };
}

/** A later turn finds the record counted by the first, whose lease and answer stay. */
function mergeAttempts(
  earlier: StoredFinding | undefined,
  { alert, outcome, lease }: UpsertResult,
  finding: Finding,
): StoredFinding {
  return { alert, outcome: earlier?.outcome ?? outcome, lease: lease ?? earlier?.lease, finding };
}

/** Where the record stands in the history of its function, and the baseline that follows from it. */
function placeInHistory(
  record: CloudTrailRecord,
  call: Call,
  { baseline }: StateSnapshot,
): { readonly placement: Placement; readonly next: Baseline | undefined } {
  const placement = placeRecord(record, baseline);
  const isKnown = call.target.type === 'function' && call.target.arn !== undefined;
  const next = isKnown ? nextBaseline(record, layersAfter(record, call), placement, baseline) : undefined;
  return { placement, next };
}

async function setBaseline(
  { target }: Call,
  { baseline }: StateSnapshot,
  next: Baseline | undefined,
  { memory }: PipelineDependencies,
): Promise<boolean> {
  if (next === undefined || target.arn === undefined) return true;
  return (await memory.setBaseline(target.arn, baseline, next)) === 'written';
}

/** What is not remembered counts as new the next time, which is no reason to hold an alert back. */
async function rememberSightings(
  sightings: readonly Sighting[],
  { entities }: StateSnapshot,
  { memory, observer }: PipelineDependencies,
): Promise<void> {
  try {
    await memory.remember(sightings, entities);
  } catch (error) {
    observer.count(metric.unavailableContext);
    observer.warn('what was seen is not remembered', {
      error: error instanceof Error ? error.message : String(error),
    });
  }
}

interface Known {
  readonly record: CloudTrailRecord;
  readonly call: Call;
  readonly change: Change;
  readonly gathered: GatheredContext;
  readonly snapshot: StateSnapshot;
  readonly note: string | undefined;
  /** When all context has to be there, in milliseconds since the epoch. */
  readonly deadline: number;
}

async function judge(
  { record, call, change, gathered, snapshot, note, deadline }: Known,
  ports: PipelineDependencies,
  { ownNamePrefix, settings }: PipelineOptions,
): Promise<Finding> {
  const { context } = gathered;
  const left = Math.max(1, deadline - ports.clock.now().getTime());
  const subject = { record, call, change, context, snapshot, signal: AbortSignal.timeout(left) };
  const further = await gatherContext(ports.changeSteps, subject, left);
  const unavailable = [...gathered.unavailable, ...further.unavailable];
  if (unavailable.length > 0) ports.observer.count(metric.unavailableContext, unavailable.length);
  const known = { context: { ...context, ...further.context }, unavailable };
  const problems = note === undefined ? call.problems : [...call.problems, note];
  return buildFinding(
    {
      record,
      call: { ...call, problems },
      change,
      ...known,
      now: ports.clock.now(),
      ownNamePrefix,
    },
    withAccounts(settings, snapshot.accounts),
  );
}
