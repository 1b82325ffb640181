import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { alertTable, stateTable } from '../../lambda/contract';

export interface TableNames {
  readonly alerts: string;
  readonly state: string;
}

/** Makes the two tables as the stack makes them; tables that exist stay as they are. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const definition of [alertTableDefinition(names.alerts), stateTableDefinition(names.state)]) {
    await createTable(client, definition);
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
