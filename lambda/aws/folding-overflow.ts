import { createHash } from 'node:crypto';
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { AlertId } from '../detection/brands';
import { number, string } from './attributes';
import { stateSchemaVersion } from './state-items';

/**
 * Counts the records of an alert beyond those that its item lists. Lambda's control plane takes 15 such calls a second,
 * so an hour's window holds 54,000 records at most; spread over 256 items that is 8 KB each.
 */
export class FoldingOverflow {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  /** Adds the record to its bucket, which changes nothing the second time; answers with the bucket's size. */
  async count(
    alertId: AlertId,
    recordId: string,
    expiresAtSeconds: number,
  ): Promise<{ readonly name: string; readonly size: number }> {
    const name = createHash('sha256').update(recordId).digest('hex').slice(0, 2);
    const { Attributes } = await this.client.send(
      new UpdateItemCommand({
        TableName: this.tableName,
        Key: { [stateTable.partitionKey]: string(`fold#${alertId}#${name}`) },
        UpdateExpression: 'SET #expires = :expires, #schema = :schema ADD #members :member',
        ExpressionAttributeNames: {
          '#expires': stateTable.expiresAtAttribute,
          '#schema': 'schemaVersion',
          '#members': 'members',
        },
        ExpressionAttributeValues: {
          ':expires': number(expiresAtSeconds),
          ':schema': number(stateSchemaVersion),
          ':member': { SS: [recordId] },
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return { name, size: Attributes?.['members']?.SS?.length ?? 0 };
  }
}
