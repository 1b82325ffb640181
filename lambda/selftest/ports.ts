import type { StoredAlert } from '../detection/alert';

/** What a self-test does with AWS. */
export interface SelftestCalls {
  /** Publishes a harmless layer version of its own name. */
  readonly publish: () => Promise<{ readonly layerArn: string; readonly version: number }>;
  readonly deleteVersion: (layerArn: string, version: number) => Promise<void>;
  /** The alert about a layer, as soon as the index shows it. */
  readonly findAlert: (layerArn: string, since: Date) => Promise<StoredAlert | undefined>;
  readonly close: (alert: StoredAlert, reason: string) => Promise<void>;
}

/** When the scheduled self-test passed last, or when it was first waited for; ISO 8601 UTC. */
export interface SelftestProgressStore {
  read(): Promise<string | undefined>;
  write(passedAt: string): Promise<void>;
}
