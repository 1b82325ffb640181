import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { SelftestProgressStore } from '../selftest/ports';
import type {
  MemberStatus,
  MemberStatusStore,
  SeedProgress,
  SeedProgressStore,
  SweepProgressStore,
} from '../sweep/ports';
import { type Item, number, numberOf, string, stringOf } from './attributes';
import { stateSchemaVersion } from './state-items';

/** One item of the state table that says how far a job has come. */
class ProgressItem {
  private readonly key: Item;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    name: string,
  ) {
    this.key = { [stateTable.partitionKey]: string(name) };
  }

  async read(): Promise<Item | undefined> {
    const input = { TableName: this.tableName, Key: this.key, ConsistentRead: true };
    return (await this.client.send(new GetItemCommand(input))).Item;
  }

  async write(attributes: Item): Promise<void> {
    const Item = { ...this.key, schemaVersion: number(stateSchemaVersion), ...attributes };
    await this.client.send(new PutItemCommand({ TableName: this.tableName, Item }));
  }
}

/** How far the pass over all functions has come. */
export class DynamoDbSeedProgress implements SeedProgressStore {
  private readonly item: ProgressItem;

  constructor(client: DynamoDBClient, tableName: string, name = 'seed-progress') {
    this.item = new ProgressItem(client, tableName, name);
  }

  async read(): Promise<SeedProgress | undefined> {
    const item = await this.item.read();
    if (item === undefined) return undefined;
    return {
      startedAt: stringOf(item, 'startedAt'),
      marker: item['marker']?.S,
      completedAt: item['completedAt']?.S,
    };
  }

  async write({ startedAt, marker, completedAt }: SeedProgress): Promise<void> {
    await this.item.write({
      startedAt: string(startedAt),
      ...(marker === undefined ? {} : { marker: string(marker) }),
      ...(completedAt === undefined ? {} : { completedAt: string(completedAt) }),
    });
  }
}

/** Until when the event history was looked through. */
export class DynamoDbSweepProgress implements SweepProgressStore {
  private readonly item: ProgressItem;

  constructor(client: DynamoDBClient, tableName: string, name = 'sweep-progress') {
    this.item = new ProgressItem(client, tableName, name);
  }

  async read(): Promise<string | undefined> {
    return (await this.item.read())?.['coveredUntil']?.S;
  }

  async write(coveredUntil: string): Promise<void> {
    await this.item.write({ coveredUntil: string(coveredUntil) });
  }
}

/** When the scheduled self-test passed last. */
export class DynamoDbSelftestProgress implements SelftestProgressStore {
  private readonly item: ProgressItem;

  constructor(client: DynamoDBClient, tableName: string) {
    this.item = new ProgressItem(client, tableName, 'selftest-progress');
  }

  async read(): Promise<string | undefined> {
    return (await this.item.read())?.['passedAt']?.S;
  }

  async write(passedAt: string): Promise<void> {
    await this.item.write({ passedAt: string(passedAt) });
  }
}

/** An item holds 400 KB at most (DynamoDB quotas); 1,000 reasons are far below. */
const maxFailures = 1_000;

/** What came of the last pass over the member accounts. */
export class DynamoDbMemberStatus implements MemberStatusStore {
  private readonly item: ProgressItem;

  constructor(client: DynamoDBClient, tableName: string) {
    this.item = new ProgressItem(client, tableName, 'member-status');
  }

  async read(): Promise<MemberStatus | undefined> {
    const item = await this.item.read();
    if (item === undefined) return undefined;
    const failed = Object.entries(item['failed']?.M ?? {}).map(
      ([account, { S = '' }]) => [account, S] as const,
    );
    return {
      at: stringOf(item, 'at'),
      accounts: numberOf(item, 'accounts'),
      failed: new Map(failed),
      nextAccount: item['nextAccount']?.S,
    };
  }

  async write({ at, accounts, failed, nextAccount }: MemberStatus): Promise<void> {
    const reasons = [...failed].slice(0, maxFailures).map(([account, reason]) => [account, string(reason)]);
    await this.item.write({
      at: string(at),
      accounts: number(accounts),
      failed: { M: Object.fromEntries(reasons) as Item },
      ...(nextAccount === undefined ? {} : { nextAccount: string(nextAccount) }),
    });
  }
}
