import {
  type Finding,
  keptRecordId,
  type NewsState,
  occurrencesOf,
  type StoredAlert,
  strengthOf,
} from './alert';
import { bands } from './band';
import { changePolicy } from './change-kinds';
import { withEntry } from './triage';

/** News that an item lists; beyond it those that were notified longest ago are forgotten. */
export const maxNews = 200;

/** A record and what follows for its alert. */
export interface Judged {
  readonly finding: Finding;
  /** Records that are the same news: people who were notified of one are not notified of the others. */
  readonly sameNews: readonly string[];
}

/** What one step adds to an alert. */
export interface Contribution {
  /** The record to count; `undefined` where only its judgement is new. */
  readonly counted:
    | {
        readonly recordId: string;
        readonly bucket: { readonly name: string; readonly size: number } | undefined;
      }
    | undefined;
  readonly judged: readonly [Judged, ...Judged[]];
  /** Version of the history that the records were judged by; 0 where none was asked. */
  readonly historyVersion: number;
  /** Whether `judged` holds every record of the alert that the history can judge, so that it replaces what was judged before. */
  readonly isComplete: boolean;
  readonly exporters: readonly string[];
}

/** The alert with one more contribution; `undefined` for an alert that is not stored yet. */
export function withContribution(
  alert: StoredAlert | undefined,
  contribution: Contribution,
  now: Date,
): StoredAlert {
  const before = alert ?? emptyAlert(contribution.judged[0].finding);
  const counted = withRecord(before, contribution);
  const judged = withJudgement(counted, contribution);
  const owing = withNews(judged, contribution, now);
  const after = withExporters(owing, contribution.exporters);
  return countsNews(before, after, contribution)
    ? withNextRevision(before, after)
    : withRevision(before, after);
}

/** Whether a record that is news is counted for the first time; people may have been notified of the same news before. */
function countsNews(before: StoredAlert, after: StoredAlert, { counted, judged }: Contribution): boolean {
  if (counted === undefined || occurrencesOf(after) === occurrencesOf(before)) return false;
  const own = judged.find(({ finding }) => finding.recordId === counted.recordId);
  return after.news.has(counted.recordId) || (own !== undefined && isNewsByItself(own));
}

function emptyAlert({ alertId, actor, document, recordId, expiresAtSeconds }: Finding): StoredAlert {
  const { first_seen, last_seen } = document.layerwatch;
  return {
    alertId,
    actor,
    judgedDocument: document,
    strength: strengthOf({ document, recordId }),
    historyVersion: 0,
    firstSeen: first_seen,
    lastSeen: last_seen,
    recordIds: new Set(),
    overflow: new Map(),
    news: new Map(),
    newsBand: undefined,
    notifiedBand: undefined,
    notifiedAt: undefined,
    messageId: undefined,
    lease: undefined,
    deliveries: new Set(),
    revision: 0,
    exported: new Map(),
    exportFailures: new Map(),
    expiresAtSeconds,
    version: 0,
    status: 'open',
    history: [],
  };
}

function withRecord(alert: StoredAlert, { counted, judged }: Contribution): StoredAlert {
  const seen = judged.map(({ finding }) => finding.document.layerwatch.first_seen);
  const times = [alert.firstSeen, alert.lastSeen, ...seen].sort();
  const [firstSeen = alert.firstSeen] = times;
  const lastSeen = times.at(-1) ?? alert.lastSeen;
  const spanned = { ...alert, firstSeen, lastSeen };
  if (counted === undefined) return spanned;
  const { recordId, bucket } = counted;
  if (bucket === undefined) return { ...spanned, recordIds: new Set([...alert.recordIds, recordId]) };
  const size = Math.max(bucket.size, alert.overflow.get(bucket.name) ?? 0);
  return { ...spanned, overflow: new Map([...alert.overflow, [bucket.name, size]]) };
}

function withJudgement(
  alert: StoredAlert,
  { judged, historyVersion, isComplete }: Contribution,
): StoredAlert {
  const strongest = judged
    .map(({ finding }) => finding)
    .reduce((a, b) => (strengthOf(b) > strengthOf(a) ? b : a));
  const isKeptJudged = judged.some(({ finding }) => finding.recordId === keptRecordId(alert));
  const isReplaced = isComplete && isKeptJudged;
  const version = Math.max(alert.historyVersion, historyVersion);
  if (!isReplaced && strengthOf(strongest) <= alert.strength) return { ...alert, historyVersion: version };
  return {
    ...alert,
    judgedDocument: strongest.document,
    strength: strengthOf(strongest),
    historyVersion: version,
  };
}

function withNews(alert: StoredAlert, { judged }: Contribution, now: Date): StoredAlert {
  const inOrder = [...judged].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  const owing = inOrder.reduce(withNewsOf, alert);
  if (isSameNews(owing, alert) || alert.status === 'open') return owing;
  const entry = { at: now.toISOString(), by: 'layerwatch', action: 'reopen', reason: 'a new event' } as const;
  return { ...owing, status: 'open', history: withEntry(owing.history, entry) };
}

function timeOf({ finding }: Judged): string {
  return `${finding.document.layerwatch.first_seen} ${finding.recordId}`;
}

function withNewsOf(alert: StoredAlert, judged: Judged): StoredAlert {
  const { finding, sameNews } = judged;
  const { disposition, risk } = finding.document.layerwatch;
  const rises = alert.newsBand === undefined || bands.indexOf(risk.band) > bands.indexOf(alert.newsBand);
  const isKnown = alert.news.has(finding.recordId) || (!rises && sameNews.some((id) => alert.news.has(id)));
  const isNews = isNewsByItself(judged) || (disposition === 'notify' && rises);
  if (isKnown || !isNews) return alert;
  return {
    ...alert,
    news: withinMaxNews(new Map([...alert.news, [finding.recordId, 'owed']])),
    newsBand: rises ? risk.band : alert.newsBand,
  };
}

function isNewsByItself({ finding }: Judged): boolean {
  const { disposition, change } = finding.document.layerwatch;
  return disposition === 'notify' && changePolicy(change.kind).eachCallIsNews;
}

/** A map keeps the order of its insertions. */
function withinMaxNews(news: ReadonlyMap<string, NewsState>): ReadonlyMap<string, NewsState> {
  if (news.size <= maxNews) return news;
  const entries = [...news];
  const done = entries.find(([, state]) => state === 'notified' || state === 'digested');
  return new Map(entries.filter((entry) => entry !== done));
}

function withExporters(alert: StoredAlert, exporters: readonly string[]): StoredAlert {
  const missing = exporters.filter((name) => !alert.exported.has(name));
  if (missing.length === 0) return alert;
  return { ...alert, exported: new Map([...alert.exported, ...missing.map((name) => [name, 0] as const)]) };
}

/** The alert with a revision more where others would see another alert than before. */
export function withRevision(before: StoredAlert, after: StoredAlert): StoredAlert {
  const isSame =
    before.version > 0 &&
    before.strength === after.strength &&
    isSameNews(before, after) &&
    before.status === after.status;
  return isSame ? after : withNextRevision(before, after);
}

function withNextRevision(before: StoredAlert, after: StoredAlert): StoredAlert {
  return { ...after, revision: before.revision + 1 };
}

/** News of the same records; where an item is full, one comes as another is forgotten. */
export function isSameNews(
  { news }: Pick<StoredAlert, 'news'>,
  { news: other }: Pick<StoredAlert, 'news'>,
): boolean {
  return news.size === other.size && [...news.keys()].every((id) => other.has(id));
}

/** Whether a contribution would change nothing, so that nothing has to be written. */
export function isSameAlert(a: StoredAlert, b: StoredAlert): boolean {
  return (
    a.recordIds.size === b.recordIds.size &&
    occurrencesOf(a) === occurrencesOf(b) &&
    isSameNews(a, b) &&
    a.strength === b.strength &&
    a.historyVersion === b.historyVersion &&
    a.firstSeen === b.firstSeen &&
    a.lastSeen === b.lastSeen &&
    a.exported.size === b.exported.size
  );
}
