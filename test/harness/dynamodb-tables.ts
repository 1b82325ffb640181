import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { alertTable, stateTable } from '../../lambda/contract';

export interface TableNames {
  readonly alerts: string;
  readonly state: string;
}

/** Creates the two tables as the stack does and waits until they are active. Tables that exist stay as they are. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const definition of [alertTableDefinition(names.alerts), stateTableDefinition(names.state)]) {
    await createTable(client, definition);
  }
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

function alertTableDefinition(name: string): CreateTableCommandInput {
  const indexes = Object.values(alertTable.indexes);
  const keys = [alertTable.partitionKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: alertTable.partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: [
        { AttributeName: index.partitionKey, KeyType: 'HASH' },
        { AttributeName: index.sortKey, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    })),
  };
}

function stateTableDefinition(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: stateTable.partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: stateTable.partitionKey, AttributeType: 'S' }],
  };
}
