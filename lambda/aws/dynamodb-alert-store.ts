import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { alertTable } from '../contract';
import type { StoredAlert } from '../detection/alert';
import type { AlertId } from '../detection/brands';
import { NewerItemError } from '../errors';
import type { AlertStore, Clock, WriteResult } from '../ports';
import { alertItem, alertOf, alertSchemaVersion } from './alert-item';
import { type Item, number, numberOf, string } from './attributes';
import { conditionalWrite } from './conditional-write';
import type { FoldingOverflow } from './folding-overflow';

/**
 * The alert table in DynamoDB. An alert is written whole, on the condition that its version still is the one that was read:
 * what the alert becomes is decided by pure functions, and a writer that was not first reads again and decides anew.
 */
export class DynamoDbAlertStore implements AlertStore {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly overflow: FoldingOverflow,
    private readonly clock: Clock,
  ) {}

  async read(alertId: AlertId): Promise<StoredAlert | undefined> {
    const input = { TableName: this.tableName, Key: keyOf(alertId), ConsistentRead: true };
    const { Item } = await this.client.send(new GetItemCommand(input));
    if (Item === undefined || numberOf(Item, alertTable.expiresAtAttribute) <= this.nowSeconds())
      return undefined;
    const schemaVersion = numberOf(Item, 'schemaVersion');
    if (schemaVersion > alertSchemaVersion)
      throw new NewerItemError(`alert ${alertId}`, schemaVersion, alertSchemaVersion);
    return alertOf(Item);
  }

  async write(next: StoredAlert, read: StoredAlert | undefined): Promise<WriteResult> {
    const version = (read?.version ?? 0) + 1;
    const command = new PutItemCommand({
      TableName: this.tableName,
      Item: alertItem(next, version),
      ...this.asRead(read),
    });
    const outcome = await conditionalWrite(this.client.send(command));
    return outcome === 'conflict' ? { outcome } : { outcome, alert: { ...next, version } };
  }

  countBeyond(alertId: AlertId, recordId: string, expiresAtSeconds: number) {
    return this.overflow.count(alertId, recordId, expiresAtSeconds);
  }

  /** An item past its time to live counts as absent: DynamoDB deletes it within days, not at once. */
  private asRead(read: StoredAlert | undefined) {
    if (read === undefined)
      return {
        ConditionExpression: 'attribute_not_exists(#id) OR #expires <= :now',
        ExpressionAttributeNames: {
          '#id': alertTable.partitionKey,
          '#expires': alertTable.expiresAtAttribute,
        },
        ExpressionAttributeValues: { ':now': number(this.nowSeconds()) },
      };
    if (read.version > 0)
      return {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': number(read.version) },
      };
    return {
      ConditionExpression:
        'attribute_not_exists(#version) AND #strength = :strength AND #lastSeen = :lastSeen',
      ExpressionAttributeNames: { '#version': 'version', '#strength': 'strength', '#lastSeen': 'lastSeen' },
      ExpressionAttributeValues: { ':strength': string(read.strength), ':lastSeen': string(read.lastSeen) },
    };
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function keyOf(alertId: AlertId): Item {
  return { [alertTable.partitionKey]: string(alertId) };
}
