import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbStateStore } from '../../../lambda/aws/dynamodb-state-store';
import { entityKey } from '../../../lambda/detection/state-query';
import { createTables } from '../../harness/dynamodb-tables';
import { tables } from '../product';

const dayMilliseconds = 86_400_000;

/**
 * The two tables as the stack makes them, a day after a first layer change was seen: before it nothing counts as new, so that
 * two first calls at once would differ from two in order.
 */
export async function createSimulatedTables(client: DynamoDBClient, start: Date): Promise<void> {
  await createTables(client, tables);
  const dayBefore = new Date(start.getTime() - dayMilliseconds);
  const state = new DynamoDbStateStore(client, tables.state, 365, { now: () => start });
  await state.remember(
    [{ key: entityKey.anything(), time: dayBefore, actor: 'an earlier actor' }],
    new Map(),
  );
}
