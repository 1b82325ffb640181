import type { Finding } from '../detection/alert';
import { alertIdOf } from '../detection/alert-id';
import type { AlertId } from '../detection/brands';
import type { Judged } from '../detection/fold-alert';
import type { FunctionHistory, HistoryEntry } from '../detection/history';
import { sameNewsAs } from '../detection/history-lists';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { callOf, judgeEntry } from './judge-record';

/** The alerts that calls of a history belong to, each once; calls whose records are no longer kept are in none. */
export function alertIdsOf(
  entries: readonly HistoryEntry[],
  { settings }: PipelineOptions,
): ReadonlySet<AlertId> {
  const ids = entries.flatMap((entry) => alertIdOfEntry(entry, settings.foldingWindowMinutes) ?? []);
  return new Set(ids);
}

function alertIdOfEntry(entry: HistoryEntry, windowMinutes: number): AlertId | undefined {
  const kept = callOf(entry);
  return kept === undefined ? undefined : alertIdOf(kept.record, kept.call, windowMinutes);
}

/** All calls of one alert that a history can judge, judged by it. */
export async function judgeCallsOf(
  alertId: AlertId,
  history: FunctionHistory,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<readonly Judged[]> {
  const { foldingWindowMinutes } = options.settings;
  const entries = history.entries.filter((entry) => alertIdOfEntry(entry, foldingWindowMinutes) === alertId);
  const judged = await Promise.all(
    entries.map(async (entry) => {
      const finding = await judgeEntry({ history, entry }, dependencies, options);
      return finding === undefined ? undefined : judgedAt(history, entry, finding);
    }),
  );
  return judged.filter((each) => each !== undefined);
}

/** A finding with the calls that are the same news. */
export function judgedAt(history: FunctionHistory, entry: HistoryEntry, finding: Finding): Judged {
  return { finding, sameNews: sameNewsAs(history, entry) };
}
