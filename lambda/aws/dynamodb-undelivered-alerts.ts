import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { alertTable } from '../contract';
import type { UndeliveredState } from '../detection/alert-news';
import { bands } from '../detection/band';
import type { UndeliveredAlert, UndeliveredAlerts } from '../ports';
import { type Item, requiredString, string, stringOf } from './attributes';

const { partitionKey, indexes } = alertTable;

/** Alerts that are not finished, by the sparse index. */
export class DynamoDbUndeliveredAlerts implements UndeliveredAlerts {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async *list(state: UndeliveredState): AsyncGenerator<UndeliveredAlert> {
    let startKey: Item | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          IndexName: indexes.undelivered.name,
          KeyConditionExpression: '#state = :state',
          ExpressionAttributeNames: { '#state': indexes.undelivered.partitionKey },
          ExpressionAttributeValues: { ':state': string(state) },
          ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
        }),
      );
      yield* Items.map(undeliveredAlertOf);
      startKey = LastEvaluatedKey;
    } while (startKey !== undefined);
  }
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
