import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './attributes';

/** Items of the first page: a list of sixteen shards that ends after fifty alerts reads little more than these. */
const firstPageItems = 16;

/** A page holds 1 MB at most (DynamoDB, Query), so that a larger limit changes nothing. */
const maxPageItems = 100_000;

/** The items of a query, page by page as they are taken. Each page is twice the one before. */
export async function* queryItems(client: DynamoDBClient, input: QueryCommandInput): AsyncGenerator<Item> {
  let startKey: Item | undefined;
  for (let Limit = firstPageItems; ; Limit = Math.min(2 * Limit, maxPageItems)) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        ...input,
        Limit,
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      }),
    );
    yield* Items;
    if (LastEvaluatedKey === undefined) return;
    startKey = LastEvaluatedKey;
  }
}
