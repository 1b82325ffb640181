import { metric } from '../contract';
import type { StoredAlert } from '../detection/alert';
import { alertIdOf } from '../detection/alert-id';
import type { AlertId } from '../detection/brands';
import type { Call } from '../detection/call';
import { doubtAbout } from '../detection/doubt';
import type { FindingDocument } from '../detection/finding-document';
import { formerAlertIdOf } from '../detection/former-alert-id';
import type { FunctionHistory, HistoryEntry } from '../detection/history';
import { entryOfCall } from '../detection/history-entry';
import { type Insertion, insertEntry } from '../detection/history-insert';
import type { CloudTrailRecord } from '../detection/record';
import type { Sighting } from '../detection/seen-entity';
import { errorMessage } from '../text/format';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { type JudgedCall, judgeCall, type KnownCall, lookUpCall, type Place } from './judge-record';
import { changesOwnAlert, documentsOf, type RejudgedAlert, updateLaterAlerts } from './later-alerts';
import { placeEntry, readHistory } from './place-entry';
import { judgeCallsOf, judgedAt } from './rejudge-calls';
import { type Judgement, type UpsertResult, upsertAlert } from './upsert-alert';

/** A call whose alert is stored, with the alerts of later calls that it made judge again. */
export interface StoredCall extends UpsertResult {
  /** The document of the record; `undefined` where it had been stored before. */
  readonly document: FindingDocument | undefined;
  readonly documents: ReadonlyMap<string, FindingDocument>;
  readonly laterAlerts: readonly RejudgedAlert[];
}

/**
 * Inserts a call into the history of its function, judges it and the calls that it changes the verdict of, and stores what
 * follows. Invariants:
 *
 * - A verdict is a function of the history; the history is a set of entries. Neither depends on the order of the records.
 * - The worker that inserts the last entry before a call judges that call by a history that has all entries before it.
 * - The alert of the call itself is written last: a record that is counted there has done all its work, but for notifying.
 */
export async function storeCall(
  record: CloudTrailRecord,
  call: Call,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<StoredCall> {
  const { foldingWindowMinutes } = options.settings;
  const alertId = alertIdOf(record, call, foldingWindowMinutes);
  const formerId = formerAlertIdOf(record, call, foldingWindowMinutes);
  const [read, former, known] = await Promise.all([
    dependencies.alerts.read(alertId),
    formerId === undefined ? undefined : dependencies.alerts.read(formerId),
    lookUpCall(record, call, dependencies, options),
  ]);
  if (former?.recordIds.has(record.identityId)) return storedBefore(former);
  const entry = entryOfCall(record, call);
  const insertion = await insert(call, entry, known.snapshot.history, dependencies);
  if (insertion?.outcome !== 'inserted' && read?.recordIds.has(record.identityId)) return storedBefore(read);
  const step = new CallStep(known, entry, dependencies, options);
  const place = placeOf(entry, insertion);
  const laterAlerts = place === undefined ? [] : await step.updateLater(place, alertId);
  const { own, judgement } = await step.judge(insertion, alertId);
  await rememberSightings(own.sightings, known, dependencies);
  const stored = await upsertAlert(
    { alertId, read, recordId: record.identityId, judgement, judgeAnew: () => step.judgeAnew(alertId) },
    dependencies,
    options,
  );
  return { ...stored, document: own.finding.document, documents: documentsOf(judgement), laterAlerts };
}

function storedBefore(alert: StoredAlert): StoredCall {
  const documents = new Map<string, FindingDocument>();
  return { alert, outcome: 'duplicate', lease: undefined, document: undefined, documents, laterAlerts: [] };
}

async function insert(
  { target }: Call,
  entry: HistoryEntry | undefined,
  read: FunctionHistory,
  dependencies: PipelineDependencies,
): Promise<Insertion | undefined> {
  if (entry === undefined || target.arn === undefined) return undefined;
  return placeEntry(target.arn, entry, read, dependencies);
}

function placeOf(entry: HistoryEntry | undefined, insertion: Insertion | undefined): Place | undefined {
  if (entry === undefined || insertion === undefined) return undefined;
  if (insertion.outcome === 'too-old' || insertion.outcome === 'crowded') return undefined;
  return { history: insertion.history, entry };
}

/** The judging of one call, once or again by a newer history. */
class CallStep {
  constructor(
    private readonly known: KnownCall,
    private readonly entry: HistoryEntry | undefined,
    private readonly dependencies: PipelineDependencies,
    private readonly options: PipelineOptions,
  ) {}

  updateLater(place: Place, alertId: AlertId): Promise<readonly RejudgedAlert[]> {
    const functionArn = this.known.call.target.arn ?? '';
    return updateLaterAlerts(functionArn, place, alertId, this.dependencies, this.options);
  }

  async judge(
    insertion: Insertion | undefined,
    alertId: AlertId,
    isAnew = false,
  ): Promise<{ readonly own: JudgedCall; readonly judgement: Judgement }> {
    const { known, entry, dependencies, options } = this;
    const place = placeOf(entry, insertion);
    const doubt = doubtAbout(known.call, entry, insertion);
    const own = await judgeCall(known, place, doubt, dependencies, options);
    if (place === undefined)
      return {
        own,
        judgement: {
          judged: [{ finding: own.finding, sameNews: [] }],
          historyVersion: undefined,
          isComplete: false,
        },
      };
    const isComplete = isAnew || changesOwnAlert(place, alertId, options);
    const judged = judgedAt(place.history, place.entry, own.finding);
    const all = isComplete ? await judgeCallsOf(alertId, place.history, dependencies, options) : [];
    const others = all.filter(({ finding }) => finding.recordId !== own.finding.recordId);
    return {
      own,
      judgement: { judged: [judged, ...others], historyVersion: place.history.version, isComplete },
    };
  }

  /** The alert was judged by a later history, which therefore holds the entry already, or has dropped it. */
  async judgeAnew(alertId: AlertId): Promise<Judgement> {
    const { known, entry, dependencies } = this;
    const history = await readHistory(known.call.target.arn ?? '', dependencies);
    const insertion = entry === undefined ? undefined : insertEntry(history, entry);
    return (await this.judge(insertion, alertId, true)).judgement;
  }
}

/** What is not remembered counts as new the next time, which is no reason to hold an alert back. */
async function rememberSightings(
  sightings: readonly Sighting[],
  { snapshot }: KnownCall,
  { state, observer }: PipelineDependencies,
): Promise<void> {
  try {
    await state.remember(sightings, snapshot.entities);
  } catch (error) {
    observer.count(metric.unavailableContext);
    observer.warn('what was seen is not remembered', { error: errorMessage(error) });
  }
}
