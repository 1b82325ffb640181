import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import { type Item, number, string } from './attributes';
import { stateSchemaVersion } from './state-items';

/** One item of the state table that says how far a job has come. */
export class ProgressItem {
  private readonly key: Item;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    name: string,
  ) {
    this.key = { [stateTable.partitionKey]: string(name) };
  }

  async read(): Promise<Item | undefined> {
    const input = { TableName: this.tableName, Key: this.key, ConsistentRead: true };
    return (await this.client.send(new GetItemCommand(input))).Item;
  }

  async write(attributes: Item): Promise<void> {
    const Item = { ...this.key, schemaVersion: number(stateSchemaVersion), ...attributes };
    await this.client.send(new PutItemCommand({ TableName: this.tableName, Item }));
  }
}
