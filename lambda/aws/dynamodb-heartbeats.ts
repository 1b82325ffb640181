import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { Heartbeat } from '../detection/heartbeat';
import { daysAfter } from '../detection/retention';
import type { Clock } from '../ports';
import type { HeardRegions, HeartbeatStore } from '../sweep/ports';
import { type Item, number, requiredString, string } from './attributes';
import { readInBatches } from './dynamodb-batches';
import { stateKey, stateSchemaVersion } from './state-items';

/** A forwarder that was not heard for so long was removed. */
const heartbeatDays = 8;

/** When forwarders were last heard: an item for each account, with an attribute for each region. */
export class DynamoDbHeartbeats implements HeartbeatStore {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly clock: Clock,
  ) {}

  /** Regions are attributes of the item itself, because a path into a map that does not exist yet is refused. */
  async note({ account, region }: Heartbeat): Promise<void> {
    const now = this.clock.now();
    await this.client.send(
      new UpdateItemCommand({
        TableName: this.tableName,
        Key: { [stateTable.partitionKey]: string(stateKey.heartbeat(account)) },
        UpdateExpression: 'SET #region = :heard, #version = :version, #expires = :expires',
        ExpressionAttributeNames: {
          '#region': `${regionPrefix}${region}`,
          '#version': 'schemaVersion',
          '#expires': stateTable.expiresAtAttribute,
        },
        ExpressionAttributeValues: {
          ':heard': string(now.toISOString()),
          ':version': number(stateSchemaVersion),
          ':expires': number(daysAfter(now, heartbeatDays)),
        },
      }),
    );
  }

  async read(accounts: readonly string[]): Promise<ReadonlyMap<string, HeardRegions>> {
    const keys = accounts.map((account) => ({
      [stateTable.partitionKey]: string(stateKey.heartbeat(account)),
    }));
    const items = await readInBatches(this.client, this.tableName, keys);
    return new Map(items.map((item) => [accountOf(item), regionsOf(item)]));
  }
}

const regionPrefix = 'heard-';

function accountOf(item: Item): string {
  return requiredString(item, stateTable.partitionKey, stateTable.partitionKey).split('#')[1] ?? '';
}

function regionsOf(item: Item): HeardRegions {
  return new Map(
    Object.entries(item).flatMap(([name, { S }]) =>
      name.startsWith(regionPrefix) && S !== undefined ? [[name.slice(regionPrefix.length), S] as const] : [],
    ),
  );
}
