import { createHash } from 'node:crypto';

/**
 * The bucket of a record that its alert has no place for. Lambda's control plane takes 15 such calls a second, so an hour's
 * window holds 54,000 records at most; spread over 256 buckets that is 8 KB each.
 */
export function overflowBucketOf(recordId: string): string {
  return createHash('sha256').update(recordId).digest('hex').slice(0, 2);
}
