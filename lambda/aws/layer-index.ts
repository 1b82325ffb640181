import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { FunctionArn } from '../detection/brands';
import { type Item, number, requiredString, string } from './attributes';
import { conditionalWrite } from './conditional-write';
import { stateKey, stateSchemaVersion } from './state-items';

const { partitionKey, indexes } = stateTable;
const { byLayer } = indexes;

/**
 * The functions of each layer: one item for each pair, in an index of the state table. Functions are added before the history that has
 * the layer is written and removed after the one that has it not, so that a crash in between leaves one too many and never one too few.
 * Each write carries the version of its history, and an older one changes nothing.
 */
export class LayerIndex {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async add(functionArn: FunctionArn, layers: readonly string[], version: number): Promise<void> {
    await Promise.all(
      layers.map((layer) =>
        conditionalWrite(
          this.client.send(
            new PutItemCommand({
              TableName: this.tableName,
              Item: {
                ...keyOf(layer, functionArn),
                schemaVersion: number(stateSchemaVersion),
                [byLayer.partitionKey]: string(layer),
                [byLayer.sortKey]: string(functionArn),
                version: number(version),
              },
              ConditionExpression: 'attribute_not_exists(#version) OR #version < :version',
              ...versionOf(version),
            }),
          ),
        ),
      ),
    );
  }

  async remove(functionArn: FunctionArn, layers: readonly string[], version: number): Promise<void> {
    await Promise.all(
      layers.map((layer) =>
        conditionalWrite(
          this.client.send(
            new DeleteItemCommand({
              TableName: this.tableName,
              Key: keyOf(layer, functionArn),
              ConditionExpression: 'attribute_not_exists(#version) OR #version < :version',
              ...versionOf(version),
            }),
          ),
        ),
      ),
    );
  }

  async functionsWith(layer: string, limit: number): Promise<readonly FunctionArn[]> {
    const found: FunctionArn[] = [];
    let startKey: Item | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          IndexName: byLayer.name,
          KeyConditionExpression: '#layer = :layer',
          ExpressionAttributeNames: { '#layer': byLayer.partitionKey },
          ExpressionAttributeValues: { ':layer': string(layer) },
          Limit: limit - found.length,
          ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
        }),
      );
      found.push(...Items.map((item) => requiredString(item, byLayer.sortKey, partitionKey)));
      startKey = LastEvaluatedKey;
    } while (startKey !== undefined && found.length < limit);
    return found;
  }
}

function keyOf(layer: string, functionArn: FunctionArn): Item {
  return { [partitionKey]: string(stateKey.layerUser(layer, functionArn)) };
}

function versionOf(version: number) {
  return {
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': number(version) },
  };
}
