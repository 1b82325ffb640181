import type { FunctionArn } from '../detection/brands';
import { emptyHistory, type FunctionHistory, type HistoryEntry } from '../detection/history';
import { type Insertion, insertEntry } from '../detection/history-insert';
import { ContendedHistoryError } from '../errors';
import { maxAttempts } from './change-alert';
import type { PipelineDependencies } from './dependencies';

/** Inserts an entry into the history of its function; `read` is the history as it was read already. */
export async function placeEntry(
  functionArn: FunctionArn,
  entry: HistoryEntry,
  read: FunctionHistory,
  { state }: Pick<PipelineDependencies, 'state'>,
): Promise<Insertion> {
  let history = read;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const insertion = insertEntry(history, entry);
    if (insertion.outcome !== 'inserted') return insertion;
    if ((await state.setHistory(functionArn, history, insertion.stored)) === 'written') return insertion;
    history = await readHistory(functionArn, { state });
  }
  throw new ContendedHistoryError(functionArn, maxAttempts);
}

export async function readHistory(
  functionArn: FunctionArn,
  { state }: Pick<PipelineDependencies, 'state'>,
): Promise<FunctionHistory> {
  return (await state.histories([functionArn])).get(functionArn) ?? emptyHistory;
}
