import type { FunctionArn, IsoTime } from '../detection/brands';
import type { Heartbeat } from '../detection/heartbeat';

/** CloudTrail's event history of this account and region. */
export interface EventHistory {
  /** One page of the records of one exact event name, within `from` and `to`. */
  lookUp(question: {
    readonly eventName: string;
    readonly from: Date;
    readonly to: Date;
    readonly nextToken: string | undefined;
  }): Promise<{ readonly records: readonly unknown[]; readonly nextToken: string | undefined }>;
}

/** How far the event history of one event name was looked through. */
export interface SweepMark {
  /** All until then was looked through, but for the rest. */
  readonly coveredUntil: IsoTime;
  /** What a run that was cut off has left over; its end is where that run stopped. */
  readonly rest?: { readonly from: IsoTime; readonly to: IsoTime } | undefined;
}

/** How far the sweep has looked through the event history, by event name. */
export interface SweepProgressStore {
  /** Marks of those of the names that have one. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, SweepMark>>;
  write(marks: ReadonlyMap<string, SweepMark>): Promise<void>;
}

/** The right to sweep: EventBridge may start a schedule twice. */
export interface SweepLease {
  /** Whether nobody else holds it; it ends by itself at the given time. */
  acquire(until: Date): Promise<boolean>;
  release(): Promise<void>;
}

/** A function as Lambda lists it. */
export interface ListedFunction {
  readonly arn: FunctionArn;
  /** Ordered layer version ARNs. */
  readonly layers: readonly string[];
  /** Milliseconds since the epoch; of the last change of code or configuration. */
  readonly lastModified: number;
  readonly revisionId: string | undefined;
}

/** All functions of the account and region, page by page. */
export interface FunctionLister {
  /**
   * The first page without a marker.
   *
   * @throws {InvalidMarkerError} where the marker is no longer taken
   */
  page(
    marker: string | undefined,
  ): Promise<{ readonly functions: readonly ListedFunction[]; readonly next: string | undefined }>;
}

/** The active accounts of the organization with their names. */
export interface AccountLister {
  list(): Promise<ReadonlyMap<string, string>>;
}

/** When the forwarder of each region of an account was last heard. */
export type HeardRegions = ReadonlyMap<string, IsoTime>;

export interface HeartbeatStore {
  note(heartbeat: Heartbeat): Promise<void>;
  /** By account, of those that were heard. */
  read(accounts: readonly string[]): Promise<ReadonlyMap<string, HeardRegions>>;
}

/** A forwarder that was heard before, and not within hours. */
export interface SilentForwarder extends Heartbeat {
  readonly lastHeard: IsoTime;
}

/** What the last look at the forwarders found. */
export interface ForwarderStatus {
  readonly at: IsoTime;
  /** Accounts of the organization but for the hub's own. */
  readonly accounts: number;
  /** Forwarders, one for each account and region, that are heard. */
  readonly heard: number;
  readonly silent: readonly SilentForwarder[];
  /** Accounts of which no forwarder was heard for a week. */
  readonly unheard: readonly string[];
}

export interface ForwarderStatusStore {
  read(): Promise<ForwarderStatus | undefined>;
  write(status: ForwarderStatus): Promise<void>;
}

/** What of a member account may be read, in one region; `undefined` is the hub's own. */
export interface MemberAccount {
  readonly account: string;
  region(region: string | undefined): {
    readonly history: EventHistory;
    readonly functions: FunctionLister;
    readonly progress: SweepProgressStore;
    readonly seedProgress: SeedProgressStore;
  };
}

export interface MemberDirectory {
  /** Rejects where the account does not let itself be read. */
  open(account: string): Promise<MemberAccount>;
}

/** What came of the last pass over the member accounts. */
export interface MemberStatus {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly accounts: number;
  /** Reasons by account, of those that could not be looked through the last time. */
  readonly failed: ReadonlyMap<string, string>;
  /** Where the next pass begins. */
  readonly nextAccount: string | undefined;
}

export interface MemberStatusStore {
  read(): Promise<MemberStatus | undefined>;
  write(status: MemberStatus): Promise<void>;
}

/** How far a pass over all functions has come; times are ISO 8601 UTC. */
export interface SeedProgress {
  readonly startedAt: string;
  /** Where the next page begins. */
  readonly marker: string | undefined;
  readonly completedAt: string | undefined;
}

export interface SeedProgressStore {
  read(): Promise<SeedProgress | undefined>;
  write(progress: SeedProgress): Promise<void>;
}

/** A look at something that Layerwatch stands on. */
export interface SelfCheck {
  readonly name: string;
  /** Counts the problems; it has an alarm. */
  readonly metric: string;
  /** What is wrong, as phrases. Rejects where it cannot be seen. */
  readonly problems: () => Promise<readonly string[]>;
}

/** How many confirmed subscriptions each topic had at the last sweep, by ARN. */
export interface SubscriberCountStore {
  read(): Promise<ReadonlyMap<string, number>>;
  write(counts: ReadonlyMap<string, number>): Promise<void>;
}
