import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { SubscriberCountStore } from '../sweep/ports';
import { number, string } from './attributes';
import { stateSchemaVersion } from './state-items';

/** One item of the state table. */
export class DynamoDbSubscriberCounts implements SubscriberCountStore {
  private readonly key = { [stateTable.partitionKey]: string('subscriber-counts') };

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async read(): Promise<ReadonlyMap<string, number>> {
    const input = { TableName: this.tableName, Key: this.key, ConsistentRead: true };
    const { Item } = await this.client.send(new GetItemCommand(input));
    const counts = Object.entries(Item?.['counts']?.M ?? {});
    return new Map(counts.map(([arn, count]) => [arn, Number(count.N ?? 0)]));
  }

  async write(counts: ReadonlyMap<string, number>): Promise<void> {
    const M = Object.fromEntries([...counts].map(([arn, count]) => [arn, number(count)]));
    const Item = { ...this.key, schemaVersion: number(stateSchemaVersion), counts: { M } };
    await this.client.send(new PutItemCommand({ TableName: this.tableName, Item }));
  }
}
