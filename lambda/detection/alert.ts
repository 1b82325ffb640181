import type { Band } from './band';
import type { AlertId, IsoTime } from './brands';
import { changePolicy } from './change-kinds';
import type { AlertStatus, Disposition, FindingDocument } from './finding-document';
import type { Triaged } from './triage';

/** One record, judged. */
export interface Finding {
  readonly alertId: AlertId;
  /** Same for every delivery of the same call. */
  readonly recordId: string;
  readonly document: FindingDocument;
  /** Key of the actor's index. */
  readonly actor: string;
  readonly expiresAtSeconds: number;
}

/**
 * Where the notification of one record stands:
 *
 *     owed ----> notified            SNS accepted it
 *       \------> withheld            the budget refused it
 *                   \------> digested, and notified where it is owed a second time
 *
 * A state never goes back, so repeating any step is harmless.
 */
export const newsStates = ['owed', 'notified', 'withheld', 'digested'] as const;
export type NewsState = (typeof newsStates)[number];

/**
 * A stored alert. Everything that follows from its records is a set that only grows or the judgement of its strongest
 * record, so that the order in which writers come does not matter. Invariants:
 *
 * - a record id is counted once: in `recordIds`, or in its bucket of `overflow`;
 * - a record id is in `news` when the record is to be notified by itself, and stays there;
 * - `judgedDocument` was judged from a history of version `historyVersion` or a later one that says the same;
 * - `revision` grows when what exports report changes.
 */
export interface StoredAlert extends Triaged {
  readonly alertId: AlertId;
  /** Who acted, as alerts group by it. */
  readonly actor: string;
  /** The strongest record's document as it was judged; see `documentOf`. */
  readonly judgedDocument: FindingDocument;
  /** See `strengthOf`; of the document that is kept. */
  readonly strength: string;
  readonly historyVersion: number;
  readonly firstSeen: IsoTime;
  readonly lastSeen: IsoTime;
  /** Identities of the records that are counted, as far as the item lists them. */
  readonly recordIds: ReadonlySet<string>;
  /** Number of further records by bucket of the state table. */
  readonly overflow: ReadonlyMap<string, number>;
  readonly news: ReadonlyMap<string, NewsState>;
  /** The highest severity of its news. */
  readonly newsBand: Band | undefined;
  /** The highest severity that SNS has accepted. */
  readonly notifiedBand: Band | undefined;
  readonly notifiedAt: IsoTime | undefined;
  readonly messageId: string | undefined;
  readonly lease: Lease | undefined;
  /** Topics that have the notification of a record, where there are several; see `deliveryOf`. */
  readonly deliveries: ReadonlySet<string>;
  readonly revision: number;
  /** The revision that each exporter has accepted, by its name; 0 for none. */
  readonly exported: ReadonlyMap<string, number>;
  /** Why an exporter has not accepted the alert as it is, by its name. */
  readonly exportFailures: ReadonlyMap<string, ExportFailure>;
  readonly expiresAtSeconds: number;
  /** Number of writes; 0 for an item of a release before it was counted. */
  readonly version: number;
}

/** Attempts to export an alert that failed. */
export interface ExportFailure {
  /** When the first of them was. */
  readonly since: IsoTime;
  /** What the receiver said of the last one whose reason was new. */
  readonly reason: string;
}

/** Right to publish one alert's notifications for a while; the token fences a worker that lost it. */
export interface Lease {
  readonly token: string;
  readonly untilMilliseconds: number;
}

/** Records that an item lists by id; more are counted in the state table. The finding document shows as many. */
export const maxListedRecords = 100;

export function occurrencesOf({ recordIds, overflow }: StoredAlert): number {
  return [...overflow.values()].reduce((sum, size) => sum + size, recordIds.size);
}

/** `withhold` where every notification was withheld; what was notified once stays so. */
export function dispositionOf({
  judgedDocument,
  news,
}: Pick<StoredAlert, 'judgedDocument' | 'news'>): Disposition {
  const { disposition } = judgedDocument.layerwatch;
  if (disposition !== 'notify') return disposition;
  const states = new Set(news.values());
  const isNotified = states.has('notified') || states.has('owed');
  return !isNotified && (states.has('withheld') || states.has('digested')) ? 'withhold' : 'notify';
}

/** The kept document with the alert's own counts, times and state in it. */
export function documentOf(alert: StoredAlert): FindingDocument {
  return withAlertState(alert.judgedDocument, alert);
}

/** A document of one of the alert's records with the alert's own counts, times and state in it. */
export function withAlertState(document: FindingDocument, alert: StoredAlert): FindingDocument {
  const status: AlertStatus = alert.status;
  return {
    ...document,
    layerwatch: {
      ...document.layerwatch,
      status,
      disposition: dispositionOf({ judgedDocument: document, news: alert.news }),
      occurrences: occurrencesOf(alert),
      first_seen: alert.firstSeen,
      last_seen: alert.lastSeen,
      event_ids: [...alert.recordIds].sort(),
    },
  };
}

const dispositionStrength: Readonly<Record<Disposition, number>> = {
  record: 0,
  except: 1,
  withhold: 2,
  notify: 3,
};

/**
 * Sorts documents of one alert as text, the strongest last: disposition, score, change, then the latest time and the record's
 * identity. A total order, so that the kept document does not depend on the order in which records arrive.
 */
export function strengthOf(record: Pick<Finding, 'document' | 'recordId'>): string {
  const { disposition, risk, change, first_seen } = record.document.layerwatch;
  return [
    dispositionStrength[disposition],
    String(risk.score).padStart(2, '0'),
    String(changePolicy(change.kind).strength).padStart(2, '0'),
    first_seen,
    record.recordId,
  ].join(' ');
}

/** Identity of the record whose document is kept. */
export function keptRecordId({ strength }: Pick<StoredAlert, 'strength'>): string {
  return strength.slice(strength.lastIndexOf(' ') + 1);
}
