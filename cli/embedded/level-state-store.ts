import type { FunctionArn } from '../../lambda/detection/brands';
import { emptyHistory, type FunctionHistory } from '../../lambda/detection/history';
import { indexChange } from '../../lambda/detection/layer-use';
import { daysAfter, maxDeniedAttempts, retention } from '../../lambda/detection/retention';
import { afterSighting, type SeenEntity, type Sighting } from '../../lambda/detection/seen-entity';
import type { DeniedAttempt, StateQuery, StateSnapshot } from '../../lambda/detection/state-query';
import type { Clock, StateStore } from '../../lambda/ports';
import { itemKey, keyPrefix } from './item-key';
import type { Item, LevelDatabase } from './level-database';

const historyKey = (functionArn: FunctionArn) => itemKey('history', functionArn);
const entityKey = (key: string) => itemKey('seen', key);
const deniedKey = (actor: string, day: string) => itemKey('denied', day, actor);
const layerUserKey = (layer: string, functionArn: FunctionArn) => itemKey('layer-user', layer, functionArn);
const accountKey = (account: string) => itemKey('account', account);

/** What is remembered, in the embedded database. */
export class LevelStateStore implements StateStore {
  constructor(
    private readonly database: LevelDatabase,
    /** How long a seen entity is remembered. */
    private readonly entityDays: number,
    private readonly clock: Clock,
  ) {}

  async recall({
    functionArn,
    entities,
    deniedActor,
    deniedDays,
    accounts,
  }: StateQuery): Promise<StateSnapshot> {
    const history =
      functionArn === undefined ? undefined : this.read<FunctionHistory>(historyKey(functionArn));
    return {
      history: history ?? emptyHistory,
      entities: this.readAll<SeenEntity>(entities, entityKey),
      denied: deniedDays.flatMap(
        (day) => this.read<readonly DeniedAttempt[]>(deniedKey(deniedActor, day)) ?? [],
      ),
      accounts: this.readAll<string>(accounts, accountKey),
    };
  }

  async histories(functionArns: readonly FunctionArn[]): Promise<ReadonlyMap<FunctionArn, FunctionHistory>> {
    return this.readAll<FunctionHistory>(functionArns, historyKey);
  }

  async setHistory(
    functionArn: FunctionArn,
    read: FunctionHistory,
    next: FunctionHistory,
  ): Promise<'written' | 'conflict'> {
    const key = historyKey(functionArn);
    const result = await this.database.change(() => {
      const stored = this.read<FunctionHistory>(key);
      if ((stored?.version ?? 0) !== read.version) return undefined;
      const { added, removed } = indexChange(functionArn, read, next);
      return {
        delete: removed.map((layer) => layerUserKey(layer, functionArn)),
        put: [
          [key, this.historyItem(next)],
          ...added.map((layer) => [layerUserKey(layer, functionArn), { value: functionArn }] as const),
        ],
      };
    });
    return result === 'written' ? 'written' : 'conflict';
  }

  async functionsWith(layer: string, limit: number): Promise<readonly FunctionArn[]> {
    return this.database.first<FunctionArn>(keyPrefix('layer-user', layer), limit);
  }

  /** By what is stored, which may be more than what was read. */
  async remember(sightings: readonly Sighting[]): Promise<void> {
    await this.database.change(() => {
      const put = sightings.flatMap((sighting) => this.entityItem(sighting));
      return put.length === 0 ? undefined : { put };
    });
  }

  async rememberAccounts(names: ReadonlyMap<string, string>): Promise<void> {
    const expiresAtSeconds = daysAfter(this.clock.now(), retention.accountDays);
    await this.database.change(() => ({
      put: [...names].map(([account, value]) => [accountKey(account), { value, expiresAtSeconds }]),
    }));
  }

  async rememberDenied(actor: string, attempt: DeniedAttempt): Promise<void> {
    const key = deniedKey(actor, attempt.time.slice(0, 10));
    await this.database.change(() => {
      const stored = this.read<readonly DeniedAttempt[]>(key) ?? [];
      const isKnown = stored.some(
        ({ time, recordId }) => time === attempt.time && recordId === attempt.recordId,
      );
      if (isKnown || stored.length >= maxDeniedAttempts) return undefined;
      const expiresAtSeconds = daysAfter(this.clock.now(), retention.deniedDays);
      return { put: [[key, { value: [...stored, attempt], expiresAtSeconds }]] };
    });
  }

  private read<T>(key: string): T | undefined {
    return this.database.read<T>(key, this.clock);
  }

  private readAll<T>(names: readonly string[], keyOf: (name: string) => string): ReadonlyMap<string, T> {
    return new Map(
      names.flatMap((name) => {
        const value = this.read<T>(keyOf(name));
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  }

  private entityItem(sighting: Sighting): readonly (readonly [string, Item])[] {
    const key = entityKey(sighting.key);
    const value = afterSighting(this.read<SeenEntity>(key), sighting);
    const expiresAtSeconds = daysAfter(this.clock.now(), this.entityDays);
    return value === undefined ? [] : [[key, { value, expiresAtSeconds }]];
  }

  private historyItem(history: FunctionHistory): Item {
    const isDeleted = history.entries.at(-1)?.source === 'deleted';
    return isDeleted
      ? { value: history, expiresAtSeconds: daysAfter(this.clock.now(), retention.deletedFunctionDays) }
      : { value: history };
  }
}
