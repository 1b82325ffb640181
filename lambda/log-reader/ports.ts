import type { LogSource } from '../logs/log-source';

export { heldSource, type LogSource } from '../logs/log-source';

/** The bucket of the trail. */
export interface TrailBucket {
  /**
   * Begins to fetch an object.
   *
   * @throws {UnreadableObjectError} for an object that is gone, that the bucket or its key refuses, or that is too large
   */
  open(key: string): Promise<LogSource>;
}

/** Accounts and regions whose calls also come as events. */
export interface EventPlaces {
  includes(account: string, region: string): Promise<boolean>;
}
