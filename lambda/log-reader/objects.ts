import { readTrailFolders, recordsKind } from '../logs/trail-key';
import type { WrittenObject } from './notices';

/** The bucket of the trail, and the prefix that the trail writes under. */
export interface TrailPlace {
  readonly bucket: string;
  /** Without a slash at its end; `undefined` for none. */
  readonly prefix?: string | undefined;
}

/** An object with records of one account and region. */
export interface RecordsObject {
  readonly key: string;
  readonly account: string;
  readonly region: string;
}

export type SkipReason = 'other-bucket' | 'other-prefix' | 'not-a-log';

/** Digests, insights and objects of other programs hold no records; their keys say so, and they are not fetched. */
export function recordsObjectOf(
  { bucket, key }: WrittenObject,
  place: TrailPlace,
): RecordsObject | SkipReason {
  if (bucket !== place.bucket) return 'other-bucket';
  if (place.prefix !== undefined && !key.startsWith(`${place.prefix}/`)) return 'other-prefix';
  const { account, kind, region } = readTrailFolders(key);
  if (account === undefined || kind !== recordsKind || region === undefined || key.endsWith('/'))
    return 'not-a-log';
  return { key, account, region };
}
