import { type DynamoDBClient, PutItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { Clock } from '../ports';
import type { SelftestProgressStore } from '../selftest/ports';
import type {
  SeedProgress,
  SeedProgressStore,
  SweepLease,
  SweepMark,
  SweepProgressStore,
} from '../sweep/ports';
import { type Item, number, optionalString, requiredString, string } from './attributes';
import { conditionalWrite } from './conditional-write';
import { ProgressItem } from './progress-item';
import { stateSchemaVersion } from './state-items';

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
      startedAt: requiredString(item, 'startedAt', stateTable.partitionKey),
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

/** How far the event history was looked through, by event name. */
export class DynamoDbSweepProgress implements SweepProgressStore {
  private readonly item: ProgressItem;

  constructor(client: DynamoDBClient, tableName: string, name = 'sweep-progress') {
    this.item = new ProgressItem(client, tableName, name);
  }

  /** An item of a release before 0.3 has one mark for all names. */
  async read(names: readonly string[]): Promise<ReadonlyMap<string, SweepMark>> {
    const item = await this.item.read();
    const common = item?.['coveredUntil']?.S;
    const marks = item?.['marks']?.M ?? {};
    return new Map(
      names.flatMap((name) => {
        const mark = markOf(Object.hasOwn(marks, name) ? marks[name]?.M : undefined, common);
        return mark === undefined ? [] : [[name, mark] as const];
      }),
    );
  }

  async write(marks: ReadonlyMap<string, SweepMark>): Promise<void> {
    const items = [...marks].map(([name, mark]) => [name, { M: markItem(mark) }] as const);
    await this.item.write({ marks: { M: Object.fromEntries(items) } });
  }
}

function markItem({ coveredUntil, rest }: SweepMark): Item {
  return {
    coveredUntil: string(coveredUntil),
    ...optionalString('restFrom', rest?.from),
    ...optionalString('restTo', rest?.to),
  };
}

function markOf(item: Item | undefined, common: string | undefined): SweepMark | undefined {
  const coveredUntil = item?.['coveredUntil']?.S ?? common;
  const [from, to] = [item?.['restFrom']?.S, item?.['restTo']?.S];
  if (coveredUntil === undefined) return undefined;
  return from === undefined || to === undefined ? { coveredUntil } : { coveredUntil, rest: { from, to } };
}

/** The right to sweep, as an item that expires. */
export class DynamoDbSweepLease implements SweepLease {
  private readonly token: string;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly clock: Clock,
    newToken: () => string,
  ) {
    this.token = newToken();
  }

  async acquire(until: Date): Promise<boolean> {
    const outcome = await this.put(until.getTime(), {
      ConditionExpression: 'attribute_not_exists(#until) OR #until <= :now OR #token = :token',
      ExpressionAttributeNames: { '#until': 'until', '#token': 'token' },
      ExpressionAttributeValues: {
        ':now': number(this.clock.now().getTime()),
        ':token': string(this.token),
      },
    });
    return outcome === 'written';
  }

  /** A lease that another sweeper took over since is not ours to give back. */
  async release(): Promise<void> {
    await this.put(0, {
      ConditionExpression: '#token = :token',
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: { ':token': string(this.token) },
    });
  }

  private put(
    untilMilliseconds: number,
    condition: Pick<
      PutItemCommandInput,
      'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
    >,
  ): Promise<'written' | 'conflict'> {
    const item = {
      [stateTable.partitionKey]: string('sweep-lease'),
      schemaVersion: number(stateSchemaVersion),
      token: string(this.token),
      until: number(untilMilliseconds),
    };
    return conditionalWrite(
      this.client.send(new PutItemCommand({ TableName: this.tableName, Item: item, ...condition })),
    );
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
