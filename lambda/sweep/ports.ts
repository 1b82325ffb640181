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
  /** Regions of `organization.regions` of which no forwarder was heard for a week in another account than these, as `210987654321 eu-west-3`. */
  readonly unheardRegions: readonly string[];
}

export interface ForwarderStatusStore {
  read(): Promise<ForwarderStatus | undefined>;
  write(status: ForwarderStatus): Promise<void>;
}

/** An account and a region; `undefined` is the region of the hub. */
export interface MemberPlace {
  readonly account: string;
  readonly region: string | undefined;
}

export interface MemberDirectory {
  /** Rejects where the account does not let itself be read. Its lister rejects with `RegionNotEnabledError` where there is no such region. */
  open(
    place: MemberPlace,
  ): Promise<{ readonly functions: FunctionLister; readonly progress: SeedProgressStore }>;
}

/** How far the listing of member accounts has come. */
export interface MemberListing {
  readonly at: IsoTime;
  /** Accounts times regions. */
  readonly places: number;
  /** Reasons by account and region, of those that could not be listed the last time. */
  readonly failed: ReadonlyMap<string, string>;
  /** Account and region that the next run begins with. */
  readonly next: string | undefined;
}

export interface MemberListingStore {
  read(): Promise<MemberListing | undefined>;
  write(listing: MemberListing): Promise<void>;
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
