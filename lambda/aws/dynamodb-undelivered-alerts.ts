import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { alertTable } from '../contract';
import type { Clock, UndeliveredAlert } from '../ports';
import type { UndeliveredAlerts } from '../sweep/ports';
import { type Item, string, stringOf } from './attributes';
import { Update } from './update';

const { name: IndexName, partitionKey: undelivered } = alertTable.indexes.undelivered;

/** Alerts whose notification is pending or withheld, by the sparse index. */
export class DynamoDbUndeliveredAlerts implements UndeliveredAlerts {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly clock: Clock,
  ) {}

  async list(state: 'pending' | 'withheld', limit: number): Promise<readonly UndeliveredAlert[]> {
    const found: UndeliveredAlert[] = [];
    let startKey: Item | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          IndexName,
          KeyConditionExpression: '#state = :state',
          ExpressionAttributeNames: { '#state': undelivered },
          ExpressionAttributeValues: { ':state': string(state) },
          Limit: limit - found.length,
          ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
        }),
      );
      found.push(...Items.map(undeliveredAlertOf));
      startKey = LastEvaluatedKey;
    } while (startKey !== undefined && found.length < limit);
    return found;
  }

  async markDigested(alertId: string): Promise<void> {
    const update = new Update()
      .set({ digestedAt: string(this.clock.now().toISOString()) })
      .remove(undelivered);
    update.when(`${update.name(undelivered)} = ${update.value(string('withheld'))}`);
    const key = { [alertTable.partitionKey]: string(alertId) };
    try {
      await this.client.send(new UpdateItemCommand(update.input(this.tableName, key)));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

function undeliveredAlertOf(item: Item): UndeliveredAlert {
  return {
    alertId: stringOf(item, alertTable.partitionKey),
    actor: stringOf(item, alertTable.indexes.byActor.partitionKey),
    targetArn: stringOf(item, alertTable.indexes.byTarget.partitionKey),
    band: stringOf(item, 'band'),
    firstSeen: stringOf(item, 'firstSeen'),
  };
}
