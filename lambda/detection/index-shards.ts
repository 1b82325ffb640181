import { createHash } from 'node:crypto';

/**
 * Partitions of one value of an index key.
 *
 * DynamoDB takes 1,000 write units a second in one partition, and an index that is throttled throttles its table
 * (docs.aws.amazon.com/amazondynamodb, "Best practices for designing and using partition keys effectively", "Global secondary indexes:
 * throttling considerations"). A notified alert takes 10 units in `by-day` (`scripts/cost/counted-units.ts`), so
 * 1,000 alerts a second take 10,000, and each of sixteen shards 625.
 */
export const shardsOfIndex = 16;

/**
 * Value of the partition key of an alert: what it is listed under, and its shard, such as `2026-11-25#07`. The shard follows from the id,
 * so that each write of an alert has the same.
 */
export function shardedKey(value: string, alertId: string): string {
  const [byte = 0] = createHash('sha256').update(alertId).digest();
  return keyOfShard(value, byte % shardsOfIndex);
}

/** Every value of the partition key that alerts of `value` may have; releases before 0.3 wrote it without a shard. */
export function partitionsOf(value: string): readonly string[] {
  return [value, ...Array.from({ length: shardsOfIndex }, (_, shard) => keyOfShard(value, shard))];
}

function keyOfShard(value: string, shard: number): string {
  return `${value}#${String(shard).padStart(2, '0')}`;
}
