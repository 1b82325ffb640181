import { type Band, bands } from './band';
import { type ChangeKind, changeKinds, type Disposition, type FindingDocument } from './finding-document';

/** One record's contribution to an alert: all that a store needs to make the alert or to fold the record into it. */
export interface Finding {
  readonly alertId: string;
  /** Same for every delivery of the same call. */
  readonly recordId: string;
  readonly document: FindingDocument;
  /** Key of the actor's index. */
  readonly actor: string;
  readonly expiresAtSeconds: number;
}

export interface StoredAlert {
  readonly alertId: string;
  /** Who acted, as alerts group by it. */
  readonly actor: string;
  /** The strongest record's document with the alert's own counts, times and state. */
  readonly document: FindingDocument;
  readonly occurrences: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** See `strengthOf`; of the document that is kept. */
  readonly strength: string;
  /** Highest rank that any record asked to be notified; a hundredth more for each time its layers were put back. */
  readonly rank: number;
  /** Highest rank that SNS has accepted or the budget has withheld. */
  readonly settledRank: number;
  /** Highest rank that SNS has accepted. */
  readonly notifiedRank: number;
  readonly lease: { readonly token: string; readonly untilMilliseconds: number } | undefined;
  /** Identities of the records that are counted, where the item itself holds them. */
  readonly recordIds: ReadonlySet<string>;
  /** Number of further records by bucket of the state table. */
  readonly overflow: ReadonlyMap<string, number>;
  readonly schemaVersion: number;
  /** Topics that have the notification of a rank, where there are several; see `deliveryOf`. */
  readonly deliveries: ReadonlySet<string>;
}

/** One topic's part of the notification of a rank. */
export function deliveryOf(rank: number, topic: string | undefined): string {
  return `${rank} ${topic ?? ''}`;
}

/** 0 for an alert that only records; 1 to 4 for one to be notified, by band. A higher rank notifies again. */
export function rankOf(document: Pick<FindingDocument, 'layerwatch'>): number {
  const { disposition, risk } = document.layerwatch;
  return disposition === 'notify' ? bands.indexOf(risk.band) + 1 : 0;
}

/** What a put-back adds to the rank: it notifies again and stays within the band. */
const putBackStep = 0.01;

/** Changes that put a layer where it was not just before. */
const attaching: ReadonlySet<ChangeKind> = new Set(['added', 'version-changed']);

/**
 * The rank of an alert once a record is counted into it. Layers that an alert has told of and that are put on again were
 * taken off meanwhile: somebody works against whoever took them off, so this is told again.
 */
export function rankAfter(
  stored: Pick<StoredAlert, 'rank' | 'settledRank'> | undefined,
  record: Pick<Finding, 'document'>,
): number {
  const own = rankOf(record.document);
  if (stored === undefined) return own;
  const isPutBack =
    own > 0 &&
    stored.rank > 0 &&
    !isUnfinished(stored) &&
    attaching.has(record.document.layerwatch.change.kind);
  const renewed = isPutBack ? Math.round((stored.rank + putBackStep) * 100) / 100 : stored.rank;
  return Math.max(own, renewed);
}

/** The band that a rank stands for. */
export function bandOfRank(rank: number): Band | undefined {
  return bands[Math.floor(rank) - 1];
}

const dispositionStrength: Readonly<Record<Disposition, number>> = {
  record: 0,
  except: 1,
  withhold: 2,
  notify: 3,
};

/** Times later than this year 2286 still sort: the number only has to outgrow every time in milliseconds. */
const timeCeiling = 9_999_999_999_999;

/**
 * Sorts documents of one alert as text, the strongest last: disposition, score, change, then the earliest time and the
 * record's identity. A total order, so that the kept document does not depend on the order in which records arrive.
 */
export function strengthOf(record: Pick<Finding, 'document' | 'recordId'>): string {
  const { disposition, risk, change, first_seen } = record.document.layerwatch;
  const earliness = timeCeiling - Math.min(timeCeiling, Math.max(0, Date.parse(first_seen)));
  return [
    dispositionStrength[disposition],
    String(risk.score).padStart(2, '0'),
    String(changeKinds.length - changeKinds.indexOf(change.kind)).padStart(2, '0'),
    String(earliness).padStart(13, '0'),
    record.recordId,
  ].join(' ');
}

/** Whether somebody still has to be told of the alert. */
export function isUnfinished(alert: Pick<StoredAlert, 'rank' | 'settledRank'>): boolean {
  return alert.rank > alert.settledRank;
}
