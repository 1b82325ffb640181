import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type ProjectionType,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { alertTable, stateTable } from '../../lambda/contract';

export interface TableNames {
  readonly alerts: string;
  readonly state: string;
}

/** Creates the two tables as the stack does and waits until they are active. Tables that exist stay as they are. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  await createTable(client, tableDefinition(names.alerts, alertTable, 'ALL'));
  await createTable(client, tableDefinition(names.state, stateTable, 'KEYS_ONLY'));
  for (const TableName of Object.values(names)) await untilActive(client, TableName);
}

/** A table that is being created answers like one that does not exist. */
async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus !== 'CREATING') return;
    await sleep(2);
  }
}

async function createTable(client: DynamoDBClient, definition: CreateTableCommandInput): Promise<void> {
  try {
    await client.send(new CreateTableCommand(definition));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

function tableDefinition(
  name: string,
  { partitionKey, indexes: named }: typeof alertTable | typeof stateTable,
  ProjectionType: ProjectionType,
): CreateTableCommandInput {
  const indexes = Object.values(named);
  const keys = [partitionKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: [
        { AttributeName: index.partitionKey, KeyType: 'HASH' },
        { AttributeName: index.sortKey, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType },
    })),
  };
}
