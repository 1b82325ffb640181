import { alertTable } from '../contract';
import { type Finding, rankOf, type StoredAlert, strengthOf } from '../detection/alert';
import { boundedDocument } from '../detection/bounded-document';
import type { AlertStatus, Disposition, FindingDocument } from '../detection/finding-document';
import type { Lease } from '../ports';
import { type Item, number, numberOf, string, stringOf, stringSet } from './attributes';

/** Version of the item's shape; a reader leaves newer ones alone. */
export const alertSchemaVersion = 1;

/** Records that an item lists by id; more are counted in the state table. The finding document shows as many. */
export const maxListedRecords = 100;

/** An item holds 400 KB at most, attribute names included (DynamoDB quotas); the document is nearly all of it. */
const maxDocumentBytes = 200_000;

/** A partition key holds 2,048 bytes at most (DynamoDB quotas); a UTF-16 unit takes three bytes of UTF-8 at most. */
const maxKeyUnits = 600;

/** The item of a new alert. */
export function newAlertItem(record: Finding, lease: Lease | undefined): Item {
  const { document } = record;
  const { layerwatch } = document;
  return {
    [alertTable.partitionKey]: string(record.alertId),
    schemaVersion: number(alertSchemaVersion),
    ...timeAttributes(layerwatch.first_seen),
    lastSeen: string(layerwatch.last_seen),
    [alertTable.indexes.byTarget.partitionKey]: string(keyText(layerwatch.target.arn ?? 'unknown')),
    [alertTable.indexes.byActor.partitionKey]: string(keyText(record.actor)),
    status: string(layerwatch.status),
    occurrences: number(1),
    eventIds: stringSet([record.recordId]),
    overflow: { M: {} },
    rank: number(rankOf(document)),
    settledRank: number(0),
    notifiedRank: number(0),
    [alertTable.expiresAtAttribute]: number(record.expiresAtSeconds),
    ...judgementAttributes(record),
    ...(rankOf(document) > 0 ? { [alertTable.indexes.undelivered.partitionKey]: string('pending') } : {}),
    ...(lease === undefined ? {} : leaseAttributes(lease)),
  };
}

export function leaseAttributes(lease: Lease): Item {
  return { leaseToken: string(lease.token), leaseUntil: number(lease.untilMilliseconds) };
}

/** Attributes that the first time of an alert decides. */
export function timeAttributes(firstSeen: string): Item {
  return { firstSeen: string(firstSeen), day: string(firstSeen.slice(0, 10)) };
}

/** Attributes that the strongest record of an alert decides. */
export function judgementAttributes(record: Finding): Item {
  const { document } = record;
  const { target, change, risk, disposition, exception } = document.layerwatch;
  return {
    account: string(target.account ?? 'unknown'),
    region: string(target.region ?? 'unknown'),
    change: string(change.kind),
    band: string(risk.band),
    score: number(risk.score),
    disposition: string(disposition),
    ...(exception === null ? {} : { exception: string(exception) }),
    message: string(document.message.toWellFormed()),
    strength: string(strengthOf(record)),
    document: string(boundedDocument(document, maxDocumentBytes)),
  };
}

/** A key may be neither empty nor too long. */
function keyText(text: string): string {
  return text.slice(0, maxKeyUnits).toWellFormed() || 'unknown';
}

export function alertOf(item: Item): StoredAlert {
  const token = item['leaseToken']?.S;
  return {
    alertId: stringOf(item, alertTable.partitionKey),
    actor: stringOf(item, alertTable.indexes.byActor.partitionKey),
    document: documentOf(item),
    occurrences: numberOf(item, 'occurrences'),
    firstSeen: stringOf(item, 'firstSeen'),
    lastSeen: stringOf(item, 'lastSeen'),
    strength: stringOf(item, 'strength'),
    rank: numberOf(item, 'rank'),
    settledRank: numberOf(item, 'settledRank'),
    notifiedRank: numberOf(item, 'notifiedRank'),
    lease: token === undefined ? undefined : { token, untilMilliseconds: numberOf(item, 'leaseUntil') },
    recordIds: new Set(item['eventIds']?.SS ?? []),
    overflow: overflowOf(item),
    schemaVersion: numberOf(item, 'schemaVersion'),
    deliveries: new Set(item['deliveries']?.SS ?? []),
  };
}

function overflowOf(item: Item): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(item['overflow']?.M ?? {}).map(([bucket, size]) => [bucket, Number(size.N ?? 0)]),
  );
}

/** The kept document with the alert's own counts, times and state in it. */
function documentOf(item: Item): FindingDocument {
  const document = JSON.parse(stringOf(item, 'document')) as FindingDocument;
  return {
    ...document,
    layerwatch: {
      ...document.layerwatch,
      status: stringOf(item, 'status') as AlertStatus,
      disposition: stringOf(item, 'disposition') as Disposition,
      occurrences: numberOf(item, 'occurrences'),
      first_seen: stringOf(item, 'firstSeen'),
      last_seen: stringOf(item, 'lastSeen'),
      event_ids: [...(item['eventIds']?.SS ?? [])].sort(),
    },
  };
}
