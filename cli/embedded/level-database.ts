import type { AbstractLevel } from 'abstract-level';
import { secondsOf } from '../../lambda/detection/retention';
import type { Clock } from '../../lambda/ports';

/** A value with its time to live; without one it stays. Values are plain: what JSON can write. */
export interface Item {
  readonly value: unknown;
  readonly expiresAtSeconds?: number | undefined;
}

/** What a change writes: all of it, or nothing. */
export interface Writes {
  readonly put?: readonly (readonly [key: string, item: Item])[];
  readonly delete?: readonly string[];
}

/** Items kept as they were read or written last: what is written again and again, such as an actor, is not parsed each time. */
const maxRecent = 64;

/**
 * The items of an embedded database, as JSON. Changes come one after the other, each upon what those before it wrote, so that
 * a store decides by what it reads within its change, and no condition can fail in between.
 */
export class LevelDatabase {
  private lastChange: Promise<unknown> = Promise.resolve();
  private readonly recent = new Map<string, Item>();

  constructor(private readonly level: AbstractLevel<string | Buffer | Uint8Array>) {}

  /** `T` is what the caller wrote under the key. With a clock, an item past its time to live reads as absent. */
  read<T>(key: string, clock?: Clock): T | undefined {
    const item = this.recent.get(key) ?? this.parse(key);
    if (item === undefined) return undefined;
    const { value, expiresAtSeconds } = item;
    const isExpired =
      clock !== undefined && expiresAtSeconds !== undefined && expiresAtSeconds <= secondsOf(clock.now());
    return isExpired ? undefined : (value as T);
  }

  /** Writes what `decide` answers; `unchanged` where that is `undefined`. */
  change(decide: () => Writes | undefined): Promise<'written' | 'unchanged'> {
    const changed = this.lastChange.then(() => this.write(decide()));
    this.lastChange = changed.catch(() => undefined);
    return changed;
  }

  /** Values whose keys begin so, by key, as they were when the list began. */
  async *list<T>(prefix: string): AsyncGenerator<T> {
    for await (const json of this.level.values(rangeOf(prefix))) yield itemValue<T>(json);
  }

  /** The first of them, read at once. */
  async first<T>(prefix: string, limit: number): Promise<readonly T[]> {
    const found = await this.level.values({ ...rangeOf(prefix), limit }).all();
    return (JSON.parse(`[${found.join(',')}]`) as readonly Item[]).map(({ value }) => value as T);
  }

  /** After the changes that were asked for. */
  async close(): Promise<void> {
    await this.lastChange;
    await this.level.close();
  }

  private async write(writes: Writes | undefined): Promise<'written' | 'unchanged'> {
    if (writes === undefined) return 'unchanged';
    await this.level.batch([
      ...(writes.delete ?? []).map((key) => ({ type: 'del' as const, key })),
      ...(writes.put ?? []).map(([key, item]) => ({
        type: 'put' as const,
        key,
        value: JSON.stringify(item),
      })),
    ]);
    for (const key of writes.delete ?? []) this.recent.delete(key);
    for (const [key, item] of writes.put ?? []) this.keep(key, item);
    return 'written';
  }

  private parse(key: string): Item | undefined {
    const json = this.level.getSync(key);
    if (json === undefined) return undefined;
    const item = JSON.parse(json) as Item;
    this.keep(key, item);
    return item;
  }

  /** In the place of the one that was kept longest ago; a map keeps the order of its insertions. */
  private keep(key: string, item: Item): void {
    this.recent.delete(key);
    this.recent.set(key, item);
    if (this.recent.size <= maxRecent) return;
    const [oldest] = this.recent.keys();
    if (oldest !== undefined) this.recent.delete(oldest);
  }
}

function rangeOf(prefix: string): { readonly gte: string; readonly lt: string } {
  return { gte: prefix, lt: `${prefix}\uffff` };
}

function itemValue<T>(json: string): T {
  return (JSON.parse(json) as Item).value as T;
}
