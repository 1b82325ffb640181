import { BatchGetItemCommand, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { Heartbeat } from '../detection/heartbeat';
import { daysAfter } from '../detection/retention';
import type { Clock } from '../ports';
import type { HeardRegions, HeartbeatStore } from '../sweep/ports';
import { type Item, number, requiredString, string } from './attributes';
import { stateKey, stateSchemaVersion } from './state-items';

/** A forwarder that was not heard for so long was removed. */
const heartbeatDays = 8;

/** BatchGetItem takes 100 keys at most. */
const readsAtOnce = 100;

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
    const heard = new Map<string, HeardRegions>();
    for (let first = 0; first < accounts.length; first += readsAtOnce)
      for (const item of await this.readSome(accounts.slice(first, first + readsAtOnce)))
        heard.set(accountOf(item), regionsOf(item));
    return heard;
  }

  private async readSome(accounts: readonly string[]): Promise<readonly Item[]> {
    const found: Item[] = [];
    let Keys: Item[] = accounts.map((account) => ({
      [stateTable.partitionKey]: string(stateKey.heartbeat(account)),
    }));
    while (Keys.length > 0) {
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [this.tableName]: { Keys } } }),
      );
      found.push(...(Responses?.[this.tableName] ?? []));
      Keys = UnprocessedKeys?.[this.tableName]?.Keys ?? [];
    }
    return found;
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
