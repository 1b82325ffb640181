import { alertTable } from '../contract';
import {
  dispositionOf,
  type NewsState,
  newsStates,
  occurrencesOf,
  type StoredAlert,
} from '../detection/alert';
import { isUnfinished, undeliveredState } from '../detection/alert-news';
import { type Band, bands } from '../detection/band';
import type { AlertStatus, FindingDocument } from '../detection/finding-document';
import { shardedKey } from '../detection/index-shards';
import { UnreadableItemError } from '../errors';
import { releaseBefore } from './alert-item-v1';
import {
  type Item,
  maxKeyUnits,
  number,
  numberMap,
  numberMapOf,
  numberOf,
  optionalString,
  requiredNumber,
  requiredString,
  string,
  stringMap,
  stringMapOf,
  stringOf,
  stringSet,
  stringsOf,
} from './attributes';
import { exportFailures, exportFailuresOf } from './export-failures-item';
import { documentAttribute, documentOfAttribute } from './kept-document';
import { historyOf, triageHistory } from './triage-item';

/** Version of the item's shape; a reader leaves newer ones alone. */
export const alertSchemaVersion = 2;

const { partitionKey, expiresAtAttribute, indexes } = alertTable;

/** The item of an alert: what a person reads in the console as plain attributes, and the document beside it. */
export function alertItem(alert: StoredAlert, version: number): Item {
  const { judgedDocument: document } = alert;
  const { target, change, risk, exception } = document.layerwatch;
  return {
    [partitionKey]: string(alert.alertId),
    schemaVersion: number(alertSchemaVersion),
    version: number(version),
    [indexes.byDay.partitionKey]: string(shardedKey(alert.firstSeen.slice(0, 10), alert.alertId)),
    firstSeen: string(alert.firstSeen),
    lastSeen: string(alert.lastSeen),
    [indexes.byTarget.partitionKey]: string(keyText(target.arn ?? 'unknown')),
    [indexes.byActor.partitionKey]: string(keyText(alert.actor)),
    ...undeliveredAttribute(alert),
    status: string(alert.status),
    disposition: string(dispositionOf(alert)),
    ...optionalString('exception', exception ?? undefined),
    account: string(target.account ?? 'unknown'),
    region: string(target.region ?? 'unknown'),
    change: string(change.kind),
    band: string(risk.band),
    score: number(risk.score),
    message: string(document.message.toWellFormed()),
    occurrences: number(occurrencesOf(alert)),
    ...stringSet('eventIds', alert.recordIds),
    overflow: numberMap(alert.overflow),
    news: stringMap(alert.news),
    ...optionalString('newsBand', alert.newsBand),
    ...optionalString('notifiedBand', alert.notifiedBand),
    ...optionalString('notifiedAt', alert.notifiedAt),
    ...optionalString('messageId', alert.messageId),
    ...stringSet('deliveries', alert.deliveries),
    ...leaseAttributes(alert),
    ...(alert.history.length === 0 ? {} : { history: triageHistory(alert.history) }),
    revision: number(alert.revision),
    exported: numberMap(alert.exported),
    ...exportFailures(alert.exportFailures),
    historyVersion: number(alert.historyVersion),
    strength: string(alert.strength),
    document: documentAttribute(document, isUnfinished(alert)),
    [expiresAtAttribute]: number(alert.expiresAtSeconds),
  };
}

function undeliveredAttribute(alert: StoredAlert): Item {
  const state = undeliveredState(alert);
  return state === undefined
    ? {}
    : { [indexes.undelivered.partitionKey]: string(shardedKey(state, alert.alertId)) };
}

function leaseAttributes({ lease }: StoredAlert): Item {
  return lease === undefined
    ? {}
    : { leaseToken: string(lease.token), leaseUntil: number(lease.untilMilliseconds) };
}

/** A key may be neither empty nor too long. */
function keyText(text: string): string {
  return text.slice(0, maxKeyUnits).toWellFormed() || 'unknown';
}

/**
 * Reads an item of this release or of one before.
 *
 * @throws {UnreadableItemError} where an attribute is missing that every alert has
 */
export function alertOf(item: Item): StoredAlert {
  const required = (name: string) => requiredString(item, name, partitionKey);
  const token = stringOf(item, 'leaseToken');
  const common = {
    alertId: required(partitionKey),
    actor: required(indexes.byActor.partitionKey),
    judgedDocument: documentOf(item),
    strength: required('strength'),
    firstSeen: required('firstSeen'),
    lastSeen: required('lastSeen'),
    recordIds: stringsOf(item, 'eventIds'),
    overflow: numberMapOf(item, 'overflow'),
    notifiedAt: stringOf(item, 'notifiedAt'),
    messageId: stringOf(item, 'messageId'),
    lease: token === undefined ? undefined : { token, untilMilliseconds: numberOf(item, 'leaseUntil') },
    status: statusOf(item),
    history: historyOf(item),
    expiresAtSeconds: requiredNumber(item, expiresAtAttribute, partitionKey),
  };
  if (numberOf(item, 'schemaVersion') < alertSchemaVersion)
    return { ...common, ...releaseBefore(item, common) };
  return {
    ...common,
    historyVersion: numberOf(item, 'historyVersion'),
    news: newsOf(item),
    newsBand: bandOf(item, 'newsBand'),
    notifiedBand: bandOf(item, 'notifiedBand'),
    deliveries: stringsOf(item, 'deliveries'),
    revision: numberOf(item, 'revision'),
    exported: numberMapOf(item, 'exported'),
    exportFailures: exportFailuresOf(item),
    version: requiredNumber(item, 'version', partitionKey),
  };
}

function documentOf(item: Item): FindingDocument {
  const id = requiredString(item, partitionKey, partitionKey);
  try {
    const document = item['document'] === undefined ? undefined : documentOfAttribute(item['document']);
    if (document !== undefined) return document;
  } catch (error) {
    throw new UnreadableItemError(id, 'document', { cause: error });
  }
  throw new UnreadableItemError(id, 'document');
}

const statuses: readonly AlertStatus[] = ['open', 'acknowledged', 'closed'];

function statusOf(item: Item): AlertStatus {
  const status = requiredString(item, 'status', partitionKey);
  return statuses.find((each) => each === status) ?? 'open';
}

function newsOf(item: Item): ReadonlyMap<string, NewsState> {
  const isState = (text: string): text is NewsState => newsStates.some((each) => each === text);
  return new Map(
    [...stringMapOf(item, 'news')].flatMap(([id, state]) => (isState(state) ? [[id, state] as const] : [])),
  );
}

function bandOf(item: Item, name: string): Band | undefined {
  return bands.find((band) => band === stringOf(item, name));
}
