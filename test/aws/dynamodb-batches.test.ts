import type { BatchGetItemCommandInput, BatchWriteItemCommandInput } from '@aws-sdk/client-dynamodb';
import { number, string } from '../../lambda/aws/attributes';
import { readInBatches, writeInBatches } from '../../lambda/aws/dynamodb-batches';
import { stateTable } from '../../lambda/contract';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';
import { recordedInputs } from '../harness/recorded-inputs';

const keys = Array.from({ length: 230 }, (_, index) => ({
  [stateTable.partitionKey]: string(`item-${index}`),
}));

describe('batches', () => {
  let database: LoopbackDynamoDb;
  beforeEach(async () => {
    database = await startDynamoDb();
  });
  afterEach(() => database.close());

  test('given more items and keys than DynamoDB takes at once, then all are written and read', async () => {
    const items = keys.map((key, index) => ({ ...key, index: number(index) }));
    await writeInBatches(database.client, database.tables.state, items);
    const read = await readInBatches(database.client, database.tables.state, keys);
    expect(read.map(({ index }) => Number(index?.N)).sort((a, b) => a - b)).toEqual(items.map((_, i) => i));
  });

  test('given a table that is throttled, then what it handed back is asked again', async () => {
    let isThrottled = true;
    database.client.middlewareStack.add(
      (next) => async (request) => {
        const { RequestItems } = request.input as BatchGetItemCommandInput & BatchWriteItemCommandInput;
        if (!isThrottled || RequestItems === undefined) return next(request);
        isThrottled = false;
        const output = { $metadata: {}, UnprocessedKeys: RequestItems, UnprocessedItems: RequestItems };
        return { output, response: {} };
      },
      { step: 'initialize' },
    );
    const few = keys.slice(0, 3);
    await writeInBatches(database.client, database.tables.state, few);
    isThrottled = true;
    expect(await readInBatches(database.client, database.tables.state, few)).toHaveLength(3);
  });

  describe('a table that stays throttled', () => {
    const few = keys.slice(0, 3);
    let requests: unknown[];
    beforeEach(() => {
      requests = [];
      database.client.middlewareStack.add(
        () => async (request) => {
          const { RequestItems } = request.input as BatchGetItemCommandInput & BatchWriteItemCommandInput;
          requests.push(RequestItems);
          return {
            output: { $metadata: {}, UnprocessedKeys: RequestItems, UnprocessedItems: RequestItems },
            response: {},
          };
        },
        { step: 'initialize' },
      );
    });

    test('given items to write, then the failure says how many were not', async () => {
      await expect(writeInBatches(database.client, database.tables.state, few)).rejects.toThrow(
        '3 items of the table were not written',
      );
    });

    test('given keys to read, then the failure says how many were not', async () => {
      await expect(readInBatches(database.client, database.tables.state, few)).rejects.toThrow(
        '3 items of the table were not read',
      );
    });

    test('given keys to read, then they are asked for four times', async () => {
      await readInBatches(database.client, database.tables.state, few).catch(() => undefined);
      expect(requests).toHaveLength(4);
    });
  });

  test('given keys, then they are read consistently', async () => {
    const requests = recordedInputs(database.client);
    await readInBatches(database.client, database.tables.state, keys.slice(0, 1));
    expect(requests).toMatchObject([{ RequestItems: { state: { ConsistentRead: true } } }]);
  });

  test('given keys without items, then there is nothing', async () => {
    expect(await readInBatches(database.client, database.tables.state, keys)).toEqual([]);
  });
});
