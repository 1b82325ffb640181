import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { SeedProgress, SeedProgressStore } from '../ports';
import { string, stringOf } from './attributes';

const key = { [stateTable.partitionKey]: string('seed-progress') };

/** How far the pass over all functions has come, in one item of the state table. */
export class DynamoDbSeedProgress implements SeedProgressStore {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async read(): Promise<SeedProgress | undefined> {
    const input = { TableName: this.tableName, Key: key, ConsistentRead: true };
    const { Item } = await this.client.send(new GetItemCommand(input));
    if (Item === undefined) return undefined;
    return {
      startedAt: stringOf(Item, 'startedAt'),
      marker: Item['marker']?.S,
      completedAt: Item['completedAt']?.S,
    };
  }

  async write({ startedAt, marker, completedAt }: SeedProgress): Promise<void> {
    const Item = {
      ...key,
      startedAt: string(startedAt),
      ...(marker === undefined ? {} : { marker: string(marker) }),
      ...(completedAt === undefined ? {} : { completedAt: string(completedAt) }),
    };
    await this.client.send(new PutItemCommand({ TableName: this.tableName, Item }));
  }
}
