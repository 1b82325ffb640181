import fc from 'fast-check';
import { partitionsOf, shardedKey, shardsOfIndex } from '../../lambda/detection/index-shards';

describe('shards of an index', () => {
  test('given an id, then it has the same shard each time', () => {
    expect(shardedKey('2026-11-25', 'a'.repeat(64))).toBe('2026-11-25#15');
  });

  test('given any id, then its partition is among those that are read', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, id) =>
        partitionsOf(value).slice(1).includes(shardedKey(value, id)),
      ),
    );
  });

  test('given a value, then the partition of earlier releases is read too', () => {
    expect(partitionsOf('pending')).toHaveLength(shardsOfIndex + 1);
    expect(partitionsOf('pending')[0]).toBe('pending');
  });

  test('given 16,000 ids, then no shard has more than a tenth beyond its part', () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 16_000; index++) {
      const key = shardedKey('2026-11-25', `alert-${index}`);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(1_100);
  });
});
