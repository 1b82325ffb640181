import { itemKey, keyPrefix } from '../../../cli/embedded/item-key';
import type { LevelDatabase } from '../../../cli/embedded/level-database';
import { openDatabase } from '../../../cli/embedded/open-database';

describe('an embedded database', () => {
  let database: LevelDatabase;
  beforeEach(async () => {
    database = await openDatabase();
  });
  afterEach(() => database.close());

  async function listed(prefix: string): Promise<readonly unknown[]> {
    const values: unknown[] = [];
    for await (const value of database.list(prefix)) values.push(value);
    return values;
  }

  test('given a hundred changes at once, then each sees what those before it wrote', async () => {
    const add = () =>
      database.change(() => ({ put: [['sum', { value: (database.read<number>('sum') ?? 0) + 1 }]] }));
    await Promise.all(Array.from({ length: 100 }, add));
    expect(database.read('sum')).toBe(100);
  });

  test('given a change that throws, then it rejects and the next one is done', async () => {
    const failed = database.change(() => {
      throw new Error('no');
    });
    const next = database.change(() => ({ put: [['a', { value: 1 }]] }));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('written');
  });

  test('given an item past its time to live, then it reads as absent from that second on', async () => {
    await database.change(() => ({ put: [['a', { value: 1, expiresAtSeconds: 100 }]] }));
    const at = (seconds: number) => database.read('a', { now: () => new Date(seconds * 1_000) });
    expect([at(99), at(100)]).toEqual([1, undefined]);
  });

  test('given kinds and names of which one begins with another, then a list has its own only', async () => {
    const keys = [
      itemKey('a', 'b', '1'),
      itemKey('a', 'bc', '2'),
      itemKey('ab', 'b', '3'),
      itemKey('a', 'b', 'ü'),
    ];
    await database.change(() => ({ put: keys.map((key) => [key, { value: key }]) }));
    expect(await listed(keyPrefix('a', 'b'))).toEqual([keys[0], keys[3]]);
  });

  test('given an item that was read, then a change of it and its deletion are read after them', async () => {
    const read: unknown[] = [];
    for (const value of [1, 2]) {
      await database.change(() => ({ put: [['a', { value }]] }));
      read.push(database.read('a'));
    }
    await database.change(() => ({ delete: ['a'] }));
    expect([...read, database.read('a')]).toEqual([1, 2, undefined]);
  });

  test('given far more items than are kept parsed, then each reads as it was written', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => index);
    for (const value of numbers) await database.change(() => ({ put: [[`key-${value}`, { value }]] }));
    expect(numbers.map((value) => database.read(`key-${value}`))).toEqual(numbers);
  });

  test('given more items than are asked for, then the first of them come by key', async () => {
    const keys = ['3', '1', '2'].map((name) => itemKey('a', 'b', name));
    await database.change(() => ({ put: keys.map((key) => [key, { value: key }]) }));
    expect(await database.first(keyPrefix('a', 'b'), 2)).toEqual([keys[1], keys[2]]);
  });
});
