import { number, string } from '../../lambda/aws/attributes';
import { readInBatches, writeInBatches } from '../../lambda/aws/dynamodb-batches';
import { stateTable } from '../../lambda/contract';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';

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

  test('given keys without items, then there is nothing', async () => {
    expect(await readInBatches(database.client, database.tables.state, keys)).toEqual([]);
  });
});
