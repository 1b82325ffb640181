import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { AlertId } from '../detection/brands';
import { overflowBucketOf } from '../detection/overflow-bucket';
import { number, string } from './attributes';
import { stateSchemaVersion } from './state-items';

/** Counts the records of an alert beyond those that its item lists, in one item a bucket. */
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
    const name = overflowBucketOf(recordId);
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
