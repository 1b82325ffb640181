import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { alertTable } from '../contract';
import type { StoredAlert } from '../detection/alert';
import { partitionsOf } from '../detection/index-shards';
import { alertOf } from './alert-item';
import { type Item, string, stringOf } from './attributes';
import { mergeSorted } from './merge-sorted';
import { queryItems } from './query-items';

/** Attributes that a list can be narrowed by; each is one of the given values. */
export type AlertFilters = Readonly<
  Partial<Record<'band' | 'status' | 'disposition' | 'account' | 'region', readonly string[]>>
>;

export interface AlertQuery {
  /** By which index: all alerts day by day, or those of one function, layer or actor. */
  readonly by:
    | { readonly kind: 'day' }
    | { readonly kind: 'target'; readonly arn: string }
    | { readonly kind: 'actor'; readonly actor: string };
  readonly since: Date;
  readonly until: Date;
  readonly filters: AlertFilters;
  /** Beginning of the ids that are wanted. */
  readonly idPrefix?: string;
}

const dayMilliseconds = 86_400_000;

/** Lists alerts by first time, the newest first; those of one second by id. */
export class DynamoDbAlertCatalogue {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async *list(question: AlertQuery): AsyncGenerator<StoredAlert> {
    const { by } = question;
    switch (by.kind) {
      case 'target':
        return yield* this.partition(alertTable.indexes.byTarget, by.arn, question);
      case 'actor':
        return yield* this.partition(alertTable.indexes.byActor, by.actor, question);
      case 'day':
        for (const day of daysOf(question)) yield* this.day(day, question);
    }
  }

  private day(day: string, question: AlertQuery): AsyncGenerator<StoredAlert> {
    const { byDay } = alertTable.indexes;
    const partitions = partitionsOf(day).map((partition) => this.partition(byDay, partition, question));
    return mergeSorted(partitions, newestFirst);
  }

  /** Items of one second come in no order, so they are held back until the second is complete. */
  private async *partition(
    index: Index,
    partition: string,
    question: AlertQuery,
  ): AsyncGenerator<StoredAlert> {
    let sameSecond: Item[] = [];
    for await (const item of queryItems(this.client, queryOf(this.tableName, index, partition, question))) {
      const [first] = sameSecond;
      if (first !== undefined && stringOf(first, 'firstSeen') !== stringOf(item, 'firstSeen')) {
        yield* inOrder(sameSecond);
        sameSecond = [];
      }
      sameSecond.push(item);
    }
    yield* inOrder(sameSecond);
  }
}

type Index = (typeof alertTable.indexes)['byDay' | 'byTarget' | 'byActor'];

function queryOf(
  TableName: string,
  index: Index,
  partition: string,
  { since, until, filters, idPrefix }: AlertQuery,
): QueryCommandInput {
  const names: Record<string, string> = { '#partition': index.partitionKey, '#sort': index.sortKey };
  const values: Item = {
    ':partition': string(partition),
    ':since': string(since.toISOString()),
    ':until': string(until.toISOString()),
  };
  const expressions = Object.entries(filters).map(([attribute, allowed], position) => {
    names[`#f${position}`] = attribute;
    const keys = allowed.map((value, at) => {
      const key = `:f${position}v${at}`;
      values[key] = string(value);
      return key;
    });
    return `#f${position} IN (${keys.join(', ')})`;
  });
  if (idPrefix !== undefined) {
    names['#id'] = alertTable.partitionKey;
    values[':id'] = string(idPrefix);
    expressions.push('begins_with(#id, :id)');
  }
  return {
    TableName,
    IndexName: index.name,
    KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :since AND :until',
    ...(expressions.length === 0 ? {} : { FilterExpression: expressions.join(' AND ') }),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ScanIndexForward: false,
  };
}

/** `YYYY-MM-DD`, UTC, the latest first. */
function* daysOf({ since, until }: AlertQuery): Iterable<string> {
  const last = Math.floor(since.getTime() / dayMilliseconds);
  for (let day = Math.floor(until.getTime() / dayMilliseconds); day >= last; day--)
    yield new Date(day * dayMilliseconds).toISOString().slice(0, 10);
}

function inOrder(items: readonly Item[]): readonly StoredAlert[] {
  return items.map(alertOf).sort(newestFirst);
}

function newestFirst(a: StoredAlert, b: StoredAlert): number {
  if (a.firstSeen !== b.firstSeen) return a.firstSeen > b.firstSeen ? -1 : 1;
  return a.alertId < b.alertId ? -1 : 1;
}
