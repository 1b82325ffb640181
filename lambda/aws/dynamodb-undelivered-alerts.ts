import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertTable } from '../contract';
import type { UndeliveredState } from '../detection/alert-news';
import { bands } from '../detection/band';
import { partitionsOf } from '../detection/index-shards';
import type { UndeliveredAlert, UndeliveredAlerts } from '../ports';
import { type Item, requiredString, string, stringOf } from './attributes';
import { mergeSorted } from './merge-sorted';
import { queryItems } from './query-items';

const { partitionKey, indexes } = alertTable;

/** Alerts that are not finished, by the sparse index. */
export class DynamoDbUndeliveredAlerts implements UndeliveredAlerts {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async *list(state: UndeliveredState): AsyncGenerator<UndeliveredAlert> {
    const partitions = partitionsOf(state).map((partition) => this.partition(partition));
    for await (const item of mergeSorted(partitions, earliestFirst)) yield undeliveredAlertOf(item);
  }

  private partition(partition: string): AsyncGenerator<Item> {
    return queryItems(this.client, {
      TableName: this.tableName,
      IndexName: indexes.undelivered.name,
      KeyConditionExpression: '#state = :state',
      ExpressionAttributeNames: { '#state': indexes.undelivered.partitionKey },
      ExpressionAttributeValues: { ':state': string(partition) },
    });
  }
}

function earliestFirst(a: Item, b: Item): number {
  const [first, second] = [a, b].map((item) => stringOf(item, indexes.undelivered.sortKey) ?? '');
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

function undeliveredAlertOf(item: Item): UndeliveredAlert {
  const required = (name: string) => requiredString(item, name, partitionKey);
  return {
    alertId: required(partitionKey),
    actor: required(indexes.byActor.partitionKey),
    targetArn: required(indexes.byTarget.partitionKey),
    band: bands.find((band) => band === stringOf(item, 'band')) ?? 'critical',
    firstSeen: required('firstSeen'),
  };
}
