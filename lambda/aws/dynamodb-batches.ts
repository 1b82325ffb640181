import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetItemCommand, BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from './attributes';

/** A throttled table answers a part of a batch; after so many turns the rest is a failure. */
const maxTurns = 4;

/** BatchGetItem takes 100 keys at most (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const readsAtOnce = 100;

/** BatchWriteItem takes 25 items at most (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html). */
const writesAtOnce = 25;

/** The items of a table that there are under some keys, read consistently; rejects where not all keys are answered. */
export async function readInBatches(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Item[],
): Promise<readonly Item[]> {
  const found: Item[] = [];
  await inBatches(keys, readsAtOnce, 'read', async (batch) => {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: [...batch], ConsistentRead: true } } }),
    );
    found.push(...(Responses?.[tableName] ?? []));
    return UnprocessedKeys?.[tableName]?.Keys ?? [];
  });
  return found;
}

/** Writes items over those that there are; rejects where not all are written. */
export function writeInBatches(
  client: DynamoDBClient,
  tableName: string,
  items: readonly Item[],
): Promise<void> {
  return inBatches(items, writesAtOnce, 'written', async (batch) => {
    const requests = batch.map((Item) => ({ PutRequest: { Item } }));
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }),
    );
    return (UnprocessedItems?.[tableName] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item === undefined ? [] : [PutRequest.Item],
    );
  });
}

/** Hands over batches until none of their items is handed back. */
async function inBatches(
  items: readonly Item[],
  itemsAtOnce: number,
  done: 'read' | 'written',
  send: (batch: readonly Item[]) => Promise<readonly Item[]>,
): Promise<void> {
  for (let first = 0; first < items.length; first += itemsAtOnce) {
    let left = items.slice(first, first + itemsAtOnce);
    for (let turn = 1; left.length > 0; turn++) {
      if (turn > maxTurns) throw new Error(`${left.length} items of the table were not ${done}`);
      if (turn > 1) await sleep(50 * 2 ** turn);
      left = [...(await send(left))];
    }
  }
}
