import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { FunctionArn } from '../detection/brands';
import { emptyHistory, type FunctionHistory } from '../detection/history';
import { indexChange } from '../detection/layer-use';
import { daysAfter, maxDeniedAttempts, retention, secondsOf } from '../detection/retention';
import { afterSighting, type SeenEntity, type Sighting } from '../detection/seen-entity';
import type { DeniedAttempt, StateQuery, StateSnapshot } from '../detection/state-query';
import { NewerItemError } from '../errors';
import type { Clock, StateStore } from '../ports';
import { type Item, number, numberOf, requiredString, string, stringOf } from './attributes';
import { conditionalWrite } from './conditional-write';
import { readInBatches, writeInBatches } from './dynamodb-batches';
import { historyItem, historyOf, historySchemaVersion } from './history-item';
import { LayerIndex } from './layer-index';
import {
  attemptsOf,
  attemptText,
  isNewer,
  seenEntityItem,
  seenEntityOf,
  stateKey,
  stateSchemaVersion,
} from './state-items';
import { Update } from './update';

/** What is remembered, in the state table of DynamoDB. */
export class DynamoDbStateStore implements StateStore {
  private readonly layerIndex: LayerIndex;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly markDays: number,
    private readonly clock: Clock,
  ) {
    this.layerIndex = new LayerIndex(client, tableName);
  }

  async recall(question: StateQuery): Promise<StateSnapshot> {
    const { functionArn, entities, deniedActor, deniedDays, accounts } = question;
    const historyKeys = functionArn === undefined ? [] : [stateKey.history(functionArn)];
    const deniedKeys = deniedDays.map((day) => stateKey.denied(deniedActor, day));
    const accountKeys = accounts.map(stateKey.account);
    const items = await this.read([
      ...historyKeys,
      ...entities.map(stateKey.mark),
      ...deniedKeys,
      ...accountKeys,
    ]);
    const history = items.get(historyKeys[0] ?? '');
    const found = entities.map((key) => [key, items.get(stateKey.mark(key))] as const);
    return {
      history: history === undefined ? emptyHistory : readableHistory(history),
      entities: new Map(
        found.flatMap(([key, item]) =>
          item === undefined || isNewer(item) ? [] : [[key, seenEntityOf(item)]],
        ),
      ),
      denied: deniedKeys.flatMap((key) => attemptsOf(items.get(key) ?? {})),
      accounts: new Map(
        accounts.flatMap((account) => {
          const item = items.get(stateKey.account(account));
          return item === undefined ? [] : [[account, stringOf(item, 'name') ?? account]];
        }),
      ),
    };
  }

  async histories(functionArns: readonly FunctionArn[]): Promise<ReadonlyMap<FunctionArn, FunctionHistory>> {
    const items = await this.read(functionArns.map(stateKey.history));
    const found = functionArns.map((arn) => [arn, items.get(stateKey.history(arn))] as const);
    return new Map(
      found.flatMap(([arn, item]) => (item === undefined ? [] : [[arn, readableHistory(item)]])),
    );
  }

  async setHistory(
    functionArn: FunctionArn,
    read: FunctionHistory,
    next: FunctionHistory,
  ): Promise<'written' | 'conflict'> {
    const { added, removed } = indexChange(functionArn, read, next);
    await this.layerIndex.add(functionArn, added, next.version);
    const result = await this.writeHistory(functionArn, read, next);
    if (result === 'written') await this.layerIndex.remove(functionArn, removed, next.version);
    return result;
  }

  functionsWith(layer: string, limit: number): Promise<readonly FunctionArn[]> {
    return this.layerIndex.functionsWith(layer, limit);
  }

  /** An item of a release before 0.3 carries no version, and nor does one that is absent. */
  private writeHistory(
    functionArn: FunctionArn,
    read: FunctionHistory,
    next: FunctionHistory,
  ): Promise<'written' | 'conflict'> {
    const isFirst = read.version === 0;
    return conditionalWrite(
      this.client.send(
        new PutItemCommand({
          TableName: this.tableName,
          Item: historyItem(functionArn, next, this.clock.now()),
          ConditionExpression: isFirst
            ? 'attribute_not_exists(#version) OR #expires <= :now'
            : '#version = :version',
          ExpressionAttributeNames: {
            '#version': 'version',
            ...(isFirst ? { '#expires': stateTable.expiresAtAttribute } : {}),
          },
          ExpressionAttributeValues: isFirst
            ? { ':now': number(this.nowSeconds()) }
            : { ':version': number(read.version) },
        }),
      ),
    );
  }

  async remember(sightings: readonly Sighting[], read: ReadonlyMap<string, SeenEntity>): Promise<void> {
    await Promise.all(sightings.map((sighting) => this.see(sighting, read.get(sighting.key))));
  }

  private async see(sighting: Sighting, read: SeenEntity | undefined): Promise<void> {
    const mark = afterSighting(read, sighting);
    if (mark === undefined) return;
    const expiresAt = daysAfter(this.clock.now(), this.markDays);
    await conditionalWrite(
      this.client.send(
        new PutItemCommand({
          TableName: this.tableName,
          Item: seenEntityItem(sighting.key, mark, expiresAt),
          ...asRead(
            read === undefined ? undefined : { firstSeen: read.firstSeen, lastDay: read.lastDay },
            this.nowSeconds(),
          ),
        }),
      ),
    );
  }

  async rememberAccounts(names: ReadonlyMap<string, string>): Promise<void> {
    const expiresAt = number(daysAfter(this.clock.now(), retention.accountDays));
    const items = [...names].map(([account, name]) => ({
      ...keyItem(stateKey.account(account)),
      schemaVersion: number(stateSchemaVersion),
      name: string(name),
      [stateTable.expiresAtAttribute]: expiresAt,
    }));
    await writeInBatches(this.client, this.tableName, items);
  }

  async rememberDenied(actor: string, attempt: DeniedAttempt): Promise<void> {
    const update = new Update();
    const attempts = update.name('attempts');
    update
      .set({
        [stateTable.expiresAtAttribute]: number(daysAfter(this.clock.now(), retention.deniedDays)),
        schemaVersion: number(stateSchemaVersion),
      })
      .add('attempts', { SS: [attemptText(attempt)] })
      .when(
        `attribute_not_exists(${attempts}) OR size(${attempts}) < ${update.value(number(maxDeniedAttempts))}`,
      );
    const key = keyItem(stateKey.denied(actor, attempt.time.slice(0, 10)));
    await conditionalWrite(this.client.send(new UpdateItemCommand(update.input(this.tableName, key))));
  }

  /** Items by key; one past its time to live counts as absent, because DynamoDB deletes it within days, not at once. */
  private async read(keys: readonly string[]): Promise<ReadonlyMap<string, Item>> {
    const wanted = [...new Set(keys)].map(keyItem);
    const items = await readInBatches(this.client, this.tableName, wanted);
    const found = items
      .filter((item) => !this.isExpired(item))
      .map((item) => [requiredString(item, stateTable.partitionKey, stateTable.partitionKey), item] as const);
    return new Map(found);
  }

  private isExpired(item: Item): boolean {
    const expiresAt = numberOf(item, stateTable.expiresAtAttribute);
    return expiresAt > 0 && expiresAt <= this.nowSeconds();
  }

  private nowSeconds(): number {
    return secondsOf(this.clock.now());
  }
}

/** A history that cannot be read is not one that is absent: the next write would lose it. */
function readableHistory(item: Item): FunctionHistory {
  if (isNewer(item, historySchemaVersion))
    throw new NewerItemError(
      requiredString(item, stateTable.partitionKey, stateTable.partitionKey),
      numberOf(item, 'schemaVersion'),
      historySchemaVersion,
    );
  return historyOf(item);
}

function keyItem(key: string): Item {
  return { [stateTable.partitionKey]: string(key) };
}

/** The condition that an item still is what was read: absent or expired, or with these texts. */
function asRead(read: Readonly<Record<string, string>> | undefined, nowSeconds: number) {
  if (read === undefined) {
    return {
      ConditionExpression: 'attribute_not_exists(#key) OR #expires <= :now',
      ExpressionAttributeNames: {
        '#key': stateTable.partitionKey,
        '#expires': stateTable.expiresAtAttribute,
      },
      ExpressionAttributeValues: { ':now': number(nowSeconds) },
    };
  }
  const fields = Object.entries(read);
  return {
    ConditionExpression: fields.map((_, index) => `#f${index} = :f${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(fields.map(([name], index) => [`#f${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      fields.map(([, text], index) => [`:f${index}`, string(text)]),
    ),
  };
}
