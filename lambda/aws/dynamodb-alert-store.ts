import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { alertTable } from '../contract';
import { type Finding, rankAfter, rankOf, type StoredAlert, strengthOf } from '../detection/alert';
import { NewerItemError } from '../errors';
import type { AlertStore, Clock, FoldResult, Lease, WriteResult } from '../ports';
import {
  alertOf,
  alertSchemaVersion,
  judgementAttributes,
  leaseAttributes,
  maxListedRecords,
  newAlertItem,
  timeAttributes,
} from './alert-item';
import { type Item, number, numberOf, string, stringSet } from './attributes';
import type { FoldingOverflow } from './folding-overflow';
import { Update } from './update';

const undelivered = alertTable.indexes.undelivered.partitionKey;

/**
 * The alert table in DynamoDB. Every write is one conditional item write; what a condition refers to only ever grows, so
 * concurrent writers settle whatever their order. Uses neither transactions nor the old item of a failed condition.
 */
export class DynamoDbAlertStore implements AlertStore {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly overflow: FoldingOverflow,
    private readonly clock: Clock,
  ) {}

  async read(alertId: string): Promise<StoredAlert | undefined> {
    const input = { TableName: this.tableName, Key: keyOf(alertId), ConsistentRead: true };
    const { Item } = await this.client.send(new GetItemCommand(input));
    if (Item === undefined || numberOf(Item, alertTable.expiresAtAttribute) <= this.nowSeconds())
      return undefined;
    const alert = alertOf(Item);
    if (alert.schemaVersion > alertSchemaVersion)
      throw new NewerItemError(`alert ${alertId}`, alert.schemaVersion, alertSchemaVersion);
    return alert;
  }

  /** An item past its time to live counts as absent: DynamoDB deletes it within days, not at once. */
  async create(record: Finding, lease: Lease | undefined): Promise<WriteResult> {
    const item = newAlertItem(record, lease);
    const command = new PutItemCommand({
      TableName: this.tableName,
      Item: item,
      ConditionExpression: 'attribute_not_exists(#id) OR #expires <= :now',
      ExpressionAttributeNames: { '#id': alertTable.partitionKey, '#expires': alertTable.expiresAtAttribute },
      ExpressionAttributeValues: { ':now': number(this.nowSeconds()) },
    });
    return conditional(async () => {
      await this.client.send(command);
      return alertOf(item);
    });
  }

  async fold(read: StoredAlert, record: Finding, lease: Lease | undefined): Promise<FoldResult> {
    const update = new Update();
    if (read.recordIds.size < maxListedRecords) {
      listRecord(update, record);
    } else {
      const counted = await this.overflow.count(read.alertId, record);
      const before = read.overflow.get(counted.bucket) ?? 0;
      if (counted.size <= before) return { outcome: 'duplicate', alert: read };
      countOverflow(update, counted.bucket, before, counted.size);
    }
    foldTimes(update, read, record);
    foldJudgement(update, read, record);
    foldRank(update, read, rankAfter(read, record));
    if (lease !== undefined) takeLease(update, lease, this.clock);
    return this.update(read.alertId, update);
  }

  async rejudge(read: StoredAlert, record: Finding, lease: Lease | undefined): Promise<WriteResult> {
    const update = new Update();
    foldJudgement(update, read, record);
    foldRank(update, read, rankOf(record.document));
    if (lease !== undefined) takeLease(update, lease, this.clock);
    return this.update(read.alertId, update);
  }

  async claim(read: StoredAlert, lease: Lease): Promise<WriteResult> {
    const update = new Update();
    update.when(`${update.name('rank')} > ${update.name('settledRank')}`);
    takeLease(update, lease, this.clock);
    return this.update(read.alertId, update);
  }

  async confirm(alert: StoredAlert, lease: Lease, rank: number, messageId: string): Promise<WriteResult> {
    const notified = {
      settledRank: number(rank),
      notifiedRank: number(rank),
      notifiedAt: string(this.clock.now().toISOString()),
      messageId: string(messageId),
    };
    return this.settle(alert, lease, rank, (update) => update.set(notified).remove(undelivered), {
      ...notified,
    });
  }

  async noteDelivery(alert: StoredAlert, lease: Lease, delivery: string): Promise<WriteResult> {
    const update = new Update().add('deliveries', stringSet([delivery]));
    update.when(`${update.name('leaseToken')} = ${update.value(string(lease.token))}`);
    return this.update(alert.alertId, update);
  }

  async withhold(alert: StoredAlert, lease: Lease, rank: number): Promise<WriteResult> {
    const settled = { settledRank: number(rank) };
    const withheld = { ...settled, disposition: string('withhold'), [undelivered]: string('withheld') };
    return this.settle(alert, lease, rank, (update) => update.set(withheld), settled);
  }

  /** Where a record raised the rank meanwhile, the alert stays pending for the higher rank. */
  private async settle(
    alert: StoredAlert,
    lease: Lease,
    rank: number,
    finish: (update: Update) => Update,
    otherwise: Item,
  ): Promise<WriteResult> {
    const finished = finish(releaseLease(new Update(), lease));
    finished.when(`${finished.name('rank')} = ${finished.value(number(rank))}`);
    const result = await this.update(alert.alertId, finished);
    if (result.outcome === 'written') return result;
    return this.update(alert.alertId, releaseLease(new Update(), lease).set(otherwise));
  }

  /** An item that a newer version wrote meanwhile is a conflict, and the next read tells. */
  private update(alertId: string, update: Update): Promise<WriteResult> {
    update.when(`${update.name('schemaVersion')} <= ${update.value(number(alertSchemaVersion))}`);
    return conditional(async () => {
      const { Attributes } = await this.client.send(
        new UpdateItemCommand(update.input(this.tableName, keyOf(alertId))),
      );
      return alertOf(Attributes ?? {});
    });
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function keyOf(alertId: string): Item {
  return { [alertTable.partitionKey]: string(alertId) };
}

function listRecord(update: Update, { recordId }: Finding): void {
  const ids = update.name('eventIds');
  update
    .add('occurrences', number(1))
    .add('eventIds', stringSet([recordId]))
    .when(`NOT contains(${ids}, ${update.value(string(recordId))})`)
    .when(`size(${ids}) < ${update.value(number(maxListedRecords))}`);
}

function countOverflow(update: Update, bucket: string, before: number, size: number): void {
  const path = update.name('overflow', bucket);
  const unchanged =
    before === 0 ? `attribute_not_exists(${path})` : `${path} = ${update.value(number(before))}`;
  update
    .add('occurrences', number(size - before))
    .setPath(['overflow', bucket], number(size))
    .when(unchanged);
}

function foldTimes(update: Update, read: StoredAlert, { document }: Finding): void {
  const { first_seen, last_seen } = document.layerwatch;
  const [first, last] = [update.value(string(first_seen)), update.value(string(last_seen))];
  const isEarlier = first_seen < read.firstSeen;
  const isLater = last_seen > read.lastSeen;
  if (isEarlier) update.set(timeAttributes(first_seen));
  if (isLater) update.set({ lastSeen: string(last_seen) });
  update.when(`${update.name('firstSeen')} ${isEarlier ? '>' : '<='} ${first}`);
  update.when(`${update.name('lastSeen')} ${isLater ? '<' : '>='} ${last}`);
}

function foldJudgement(update: Update, read: StoredAlert, record: Finding): void {
  const strength = strengthOf(record);
  const isStronger = strength > read.strength;
  update.when(`${update.name('strength')} ${isStronger ? '<' : '>='} ${update.value(string(strength))}`);
  if (!isStronger) return;
  const { disposition, exception, ...judgement } = judgementAttributes(record);
  update.set(judgement);
  if (exception === undefined) update.remove('exception');
  else update.set({ exception });
  update.when(`${update.name('settledRank')} = ${update.value(number(read.settledRank))}`);
  const staysWithheld =
    read.document.layerwatch.disposition === 'withhold' && rankOf(record.document) <= read.rank;
  if (!staysWithheld && disposition !== undefined) update.set({ disposition });
}

function foldRank(update: Update, read: StoredAlert, rank: number): void {
  if (rank <= read.rank) return;
  // Whoever acknowledged or closed it has not seen what is told now.
  update
    .set({ rank: number(rank), [undelivered]: string('pending'), status: string('open') })
    .when(`${update.name('rank')} < ${update.value(number(rank))}`);
}

function takeLease(update: Update, lease: Lease, clock: Clock): void {
  const now = update.value(number(clock.now().getTime()));
  update
    .set(leaseAttributes(lease))
    .when(`attribute_not_exists(${update.name('leaseToken')}) OR ${update.name('leaseUntil')} <= ${now}`);
}

function releaseLease(update: Update, lease: Lease): Update {
  return update
    .remove('leaseToken', 'leaseUntil')
    .when(`${update.name('leaseToken')} = ${update.value(string(lease.token))}`);
}

/** A failed condition is an answer; every other error is the caller's. */
async function conditional(write: () => Promise<StoredAlert>): Promise<WriteResult> {
  try {
    return { outcome: 'written', alert: await write() };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { outcome: 'conflict' };
    throw error;
  }
}
