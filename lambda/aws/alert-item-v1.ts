import { alertTable } from '../contract';
import { keptRecordId, type NewsState, type StoredAlert } from '../detection/alert';
import { type Band, bands } from '../detection/band';
import { type Item, numberOf, stringOf } from './attributes';

/**
 * What an item of releases 0.1 and 0.2 says in other words. They counted ranks: 0 for an alert that only records, 1 to 4 for the
 * severity to notify, and some hundredths for layers that were put on again; `settledRank` was done, `notifiedRank` was sent.
 */
export function releaseBefore(
  item: Item,
  common: Pick<StoredAlert, 'strength'>,
): Pick<
  StoredAlert,
  | 'historyVersion'
  | 'news'
  | 'newsBand'
  | 'notifiedBand'
  | 'deliveries'
  | 'revision'
  | 'exported'
  | 'exportFailures'
  | 'version'
> {
  const rank = numberOf(item, 'rank');
  const state = newsStateOf(item, rank);
  return {
    historyVersion: 0,
    news: new Map(state === undefined ? [] : [[keptRecordId(common), state]]),
    newsBand: bandOfRank(rank),
    notifiedBand: bandOfRank(numberOf(item, 'notifiedRank')),
    deliveries: new Set(),
    revision: 0,
    exported: new Map(),
    exportFailures: new Map(),
    version: 0,
  };
}

/** The one notification that such an item can owe is that of its kept document. */
function newsStateOf(item: Item, rank: number): NewsState | undefined {
  if (rank === 0) return undefined;
  if (rank > numberOf(item, 'settledRank')) return 'owed';
  if (stringOf(item, alertTable.indexes.undelivered.partitionKey) === 'withheld') return 'withheld';
  return numberOf(item, 'notifiedRank') > 0 ? 'notified' : 'digested';
}

function bandOfRank(rank: number): Band | undefined {
  return bands[Math.floor(rank) - 1];
}
