import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../../../cli/embedded/tables';
import { tables } from '../product';

/** The two tables as the stack makes them. */
export async function createSimulatedTables(client: DynamoDBClient): Promise<void> {
  await createTables(client, tables);
}
