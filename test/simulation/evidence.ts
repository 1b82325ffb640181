import type { Journal } from './machine/journal';
import type { AlertState, Published, StoredState } from './product-state';
import type { Scenario } from './scenario';
import type { FunctionPage } from './world/function-list';

/** One message that SNS accepted. */
export interface Message {
  readonly time: number;
  /** Time by the clock of the container that sent it. */
  readonly senderTime: number;
  /** Name of the request. */
  readonly request: string;
  readonly invocation: string;
  readonly content: Published;
  /** Of a digest: its alerts as they were when the sender listed them. */
  readonly digested: readonly AlertState[];
}

/** When a record was taken up first, when it was first safe, and all times at which something worked on it. */
export interface Handled {
  readonly started: number;
  readonly done: number;
  readonly spans: readonly Span[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** All that is known at the end of a seed. */
export interface Evidence {
  readonly scenario: Scenario;
  readonly journal: Journal;
  readonly messages: readonly Message[];
  readonly exported: readonly AlertState[];
  readonly state: StoredState;
  /** By the id of the call. */
  readonly handled: ReadonlyMap<number, Handled>;
  /** Events that are still in a queue. */
  readonly stuck: readonly { readonly name: string; readonly callId: number }[];
  /** What the last sweep rejected with; `undefined` where it finished. */
  readonly lastSweepError: string | undefined;
  readonly listings: readonly Listing[];
  /** Whether every sweep that listed functions finished, so that what it saw is known to the product. */
  readonly areListingsCertain: boolean;
  readonly inOrder: InOrder;
}

export interface Listing {
  readonly time: number;
  /** Name of the sweep that asked. */
  readonly sweep: string;
  readonly page: FunctionPage;
}

/** The same records one by one in their true order, without faults. */
export interface InOrder {
  readonly state: StoredState;
  /** Alert that counts a record, by the id of the call. */
  readonly alertIds: ReadonlyMap<number, string>;
  readonly published: readonly Published[];
  /** Calls that the product rejected. */
  readonly failures: readonly string[];
}
