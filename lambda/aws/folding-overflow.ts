import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { Finding } from '../detection/alert';
import { type Item, number, string, stringSet } from './attributes';
import { stateSchemaVersion } from './state-items';
import { Update } from './update';

/**
 * Counts the records of an alert beyond those that its item lists. Lambda's control plane takes 15 such calls a second,
 * so an hour's window holds 54,000 records at most; spread over 256 items that is 8 KB each.
 */
export class FoldingOverflow {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  /** Adds the record to its bucket once, however often it is asked to; answers with the bucket's size. */
  async count(alertId: string, record: Finding): Promise<{ readonly bucket: string; readonly size: number }> {
    const bucket = createHash('sha256').update(record.recordId).digest('hex').slice(0, 2);
    const key = { [stateTable.partitionKey]: string(`fold#${alertId}#${bucket}`) };
    const members = await this.addMember(key, record);
    return { bucket, size: members.length };
  }

  private async addMember(key: Item, record: Finding): Promise<readonly string[]> {
    const update = new Update();
    update
      .set({
        [stateTable.expiresAtAttribute]: number(record.expiresAtSeconds),
        schemaVersion: number(stateSchemaVersion),
      })
      .add('members', stringSet([record.recordId]))
      .when(`NOT contains(${update.name('members')}, ${update.value(string(record.recordId))})`);
    try {
      const { Attributes } = await this.client.send(new UpdateItemCommand(update.input(this.tableName, key)));
      return Attributes?.['members']?.SS ?? [];
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const { Item } = await this.client.send(
        new GetItemCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
      );
      return Item?.['members']?.SS ?? [];
    }
  }
}
