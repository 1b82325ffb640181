import { type GatheredContext, gatherContext } from '../context/context-step';
import { metric } from '../contract';
import type { Finding } from '../detection/alert';
import { answeredLayers, type Call, readCall } from '../detection/call';
import { type Change, decideChange, nothingKnown } from '../detection/change';
import { buildFinding } from '../detection/finding';
import { type FunctionHistory, type HistoryEntry, secondOf } from '../detection/history';
import { listsBefore } from '../detection/history-lists';
import { type CloudTrailRecord, parseRecord } from '../detection/record';
import type { Sighting } from '../detection/seen-entity';
import { withAccounts } from '../detection/settings';
import { type StateSnapshot, sightingsOf, stateQueryFor } from '../detection/state-query';
import { shortLayer } from '../text/format';
import type { PipelineDependencies, PipelineOptions } from './dependencies';

/** A call with all that is known of it apart from its place in the history of its function. */
export interface KnownCall {
  readonly record: CloudTrailRecord;
  readonly call: Call;
  /** What the record alone says. */
  readonly gathered: GatheredContext;
  readonly snapshot: StateSnapshot;
  /** When all context has to be there, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** Where a call stands. */
export interface Place {
  readonly history: FunctionHistory;
  readonly entry: HistoryEntry;
}

export interface JudgedCall {
  readonly finding: Finding;
  /** What the call shows for the first time, or again. */
  readonly sightings: readonly Sighting[];
}

/** Asks for all that is known of a call, in one read. */
export async function lookUpCall(
  record: CloudTrailRecord,
  call: Call,
  { clock, contextSteps, state }: PipelineDependencies,
  { contextMilliseconds, settings }: PipelineOptions,
): Promise<KnownCall> {
  const deadline = clock.now().getTime() + contextMilliseconds;
  const gathered = await gatherContext(contextSteps, record, contextMilliseconds);
  const query = stateQueryFor(record, call, countryOf(gathered), settings.organization?.readAccounts);
  return { record, call, gathered, deadline, snapshot: await state.recall(query) };
}

function countryOf({ context }: GatheredContext): string | undefined {
  return context.origin?.country_iso_code ?? undefined;
}

/**
 * Judges a call. Without a place nothing is known of the list before it; `doubt` says why the change cannot be judged as it
 * should be, and then the call is notified whatever it seems to do.
 */
export async function judgeCall(
  known: KnownCall,
  place: Place | undefined,
  doubt: readonly string[] | undefined,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<JudgedCall> {
  const { record, call, snapshot, gathered } = known;
  const change = changeOf(known, place);
  const further = await gatherFurther(known, change, dependencies);
  const unavailable = [...gathered.unavailable, ...further.unavailable];
  if (unavailable.length > 0) dependencies.observer.count(metric.unavailableContext, unavailable.length);
  const notes = change.kind === 'before-unknown' ? laterCallNote(place) : [];
  const evidence = {
    record,
    call: { ...call, problems: [...call.problems, ...notes] },
    change,
    context: { ...gathered.context, ...further.context },
    unavailable,
    doubt,
    now: dependencies.clock.now(),
    ownNamePrefix: options.ownNamePrefix,
    ownLogicalIds: options.ownLogicalIds,
  };
  return {
    finding: buildFinding(evidence, withAccounts(options.settings, snapshot.accounts)),
    sightings: sightingsOf(record, call, change, countryOf(gathered)),
  };
}

function changeOf({ record, call }: KnownCall, place: Place | undefined): Change {
  const answered = answeredLayers(record);
  if (place === undefined) return decideChange(call.asked, { ...nothingKnown, answered });
  const { history, entry } = place;
  return decideChange(call.asked, { before: listsBefore(history, entry), answered });
}

/** Requests end before the steps do, so that a step keeps the answers it has where another is late. */
const shareOfRequests = 0.9;

function gatherFurther(
  { record, call, gathered, snapshot, deadline }: KnownCall,
  change: Change,
  { clock, changeSteps }: PipelineDependencies,
): Promise<GatheredContext> {
  const leftMilliseconds = Math.max(1, deadline - clock.now().getTime());
  let signal: AbortSignal | undefined;
  const subject = {
    record,
    call,
    change,
    context: gathered.context,
    snapshot,
    // Made where a step asks somebody: a replay asks nobody.
    get signal() {
      signal ??= AbortSignal.timeout(Math.ceil(leftMilliseconds * shareOfRequests));
      return signal;
    },
  };
  return gatherContext(changeSteps, subject, leftMilliseconds);
}

/** What an analyst has to know of a call before which nothing is known, and after which something is. */
function laterCallNote(place: Place | undefined): readonly string[] {
  const later = place?.history.entries.find(
    ({ time, layers }) => layers !== undefined && secondOf(time) > secondOf(place.entry.time),
  );
  if (later?.layers === undefined) return [];
  const left = later.layers.length === 0 ? 'no layers' : later.layers.map(shortLayer).join(', ');
  return [`a later call or listing of ${later.time} is known; it left ${left} on the function`];
}

/** Judges an entry of a history again, by the record that it keeps; `undefined` where it keeps none. */
export async function judgeEntry(
  place: Place,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<Finding | undefined> {
  const kept = callOf(place.entry);
  if (kept === undefined) return undefined;
  const known = await lookUpCall(kept.record, kept.call, dependencies, options);
  return (await judgeCall(known, place, undefined, dependencies, options)).finding;
}

/** The call of an entry, by the record that it keeps; `undefined` where it keeps none. */
export function callOf({
  record: raw,
}: HistoryEntry): { readonly record: CloudTrailRecord; readonly call: Call } | undefined {
  const parsed = raw === undefined ? undefined : parseRecord(raw);
  if (parsed?.kind !== 'record') return undefined;
  return { record: parsed.record, call: readCall(parsed.record, 'update') };
}
