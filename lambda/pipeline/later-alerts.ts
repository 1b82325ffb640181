import type { AlertId } from '../detection/brands';
import type { FindingDocument } from '../detection/finding-document';
import type { FunctionHistory } from '../detection/history';
import { entriesJudgedBy } from '../detection/history-lists';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import type { Place } from './judge-record';
import { readHistory } from './place-entry';
import { alertIdsOf, judgeCallsOf } from './rejudge-calls';
import { type Judgement, type UpsertResult, upsertAlert } from './upsert-alert';

/** An alert whose calls were judged again, with their documents by record id. */
export interface RejudgedAlert extends UpsertResult {
  readonly documents: ReadonlyMap<string, FindingDocument>;
}

/**
 * Judges the calls again whose list before them an entry has changed, and writes what follows into their alerts. `own` is
 * the alert of the entry's call itself, which its own step writes.
 */
export async function updateLaterAlerts(
  functionArn: string,
  { history, entry }: Place,
  own: AlertId | undefined,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<readonly RejudgedAlert[]> {
  const alertIds = [...alertIdsOf(entriesJudgedBy(history, entry), options)].filter((id) => id !== own);
  const updated: RejudgedAlert[] = [];
  for (const alertId of alertIds) {
    const judge = (by: FunctionHistory) => judgementOf(alertId, by, dependencies, options);
    const judgement = await judge(history);
    if (judgement === undefined) continue;
    const result = await upsertAlert(
      {
        alertId,
        read: await dependencies.alerts.read(alertId),
        recordId: undefined,
        judgement,
        judgeAnew: async () => judge(await readHistory(functionArn, dependencies)),
      },
      dependencies,
      options,
    );
    updated.push({ ...result, documents: documentsOf(judgement) });
  }
  return updated;
}

/** Whether an entry changes how other calls of its own alert are judged. */
export function changesOwnAlert({ history, entry }: Place, own: AlertId, options: PipelineOptions): boolean {
  return alertIdsOf(entriesJudgedBy(history, entry), options).has(own);
}

async function judgementOf(
  alertId: AlertId,
  history: FunctionHistory,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<Judgement | undefined> {
  const [first, ...others] = await judgeCallsOf(alertId, history, dependencies, options);
  if (first === undefined) return undefined;
  return { judged: [first, ...others], historyVersion: history.version, isComplete: true };
}

export function documentsOf({ judged }: Judgement): ReadonlyMap<string, FindingDocument> {
  return new Map(judged.map(({ finding }) => [finding.recordId, finding.document]));
}
