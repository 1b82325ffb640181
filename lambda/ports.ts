import type { Finding, StoredAlert } from './detection/alert';
import type { Band } from './detection/band';
import type { Baseline } from './detection/baseline';
import type { AlertStatus, FindingDocument } from './detection/finding-document';
import type { SeenEntity, Sighting } from './detection/seen-entity';
import type { DeniedAttempt, StateQuery, StateSnapshot } from './detection/state-query';
import type { Activity, Triaged, TriageEntry } from './detection/triage';

export interface Clock {
  now(): Date;
}

/** Right to publish one alert's notification for a while; the token fences whoever lost it. */
export interface Lease {
  readonly token: string;
  readonly untilMilliseconds: number;
}

/** The result of a conditional write: `conflict` means another writer was first, so read again and decide anew. */
export type WriteResult =
  | { readonly outcome: 'written'; readonly alert: StoredAlert }
  | { readonly outcome: 'conflict' };

/** `duplicate`: the record had been counted into the alert before. */
export type FoldResult = WriteResult | { readonly outcome: 'duplicate'; readonly alert: StoredAlert };

/** The alert table. Reads are consistent; an alert past its time to live reads as absent. */
export interface AlertStore {
  read(alertId: string): Promise<StoredAlert | undefined>;
  /** Stores a new alert, with the lease when it is to be notified. */
  create(record: Finding, lease: Lease | undefined): Promise<WriteResult>;
  /** Counts one more record into the alert as read; takes the lease when one is given. */
  fold(read: StoredAlert, record: Finding, lease: Lease | undefined): Promise<FoldResult>;
  /** Judges a record anew that is counted already, because more is known of what was before; counts nothing. */
  rejudge(read: StoredAlert, record: Finding, lease: Lease | undefined): Promise<WriteResult>;
  /** Takes the lease of an alert whose notification is unfinished and that nobody holds. */
  claim(read: StoredAlert, lease: Lease): Promise<WriteResult>;
  /** Notes that SNS accepted the notification of `rank`; fenced by the lease. */
  confirm(alert: StoredAlert, lease: Lease, rank: number, messageId: string): Promise<WriteResult>;
  /** Notes that one of several topics has the notification, so that a retry passes it over; fenced by the lease. */
  noteDelivery(alert: StoredAlert, lease: Lease, delivery: string): Promise<WriteResult>;
  /** Notes that the notification of `rank` is over the budget; fenced by the lease. */
  withhold(alert: StoredAlert, lease: Lease, rank: number): Promise<WriteResult>;
}

/** What people do with alerts. Reads are consistent. */
export interface TriageStore<Read extends Triaged = Triaged & StoredAlert> {
  read(alertId: string): Promise<Read | undefined>;
  /** Adds an entry and sets the status; `conflict` where somebody else was first or the alert rose meanwhile. */
  write(read: Read, entry: TriageEntry, status: AlertStatus): Promise<'written' | 'conflict'>;
}

/**
 * What is remembered of functions, actors, publishers and layers, in the state table. Reads are consistent; what is past
 * its time to live reads as absent.
 */
export interface StateStore {
  /** All that is asked, in one call. */
  recall(question: StateQuery): Promise<StateSnapshot>;
  /** Baselines by function ARN, of 100 functions at most. */
  baselines(functionArns: readonly string[]): Promise<ReadonlyMap<string, Baseline>>;
  /** Replaces the baseline as read; `conflict` where another record was first. */
  setBaseline(
    functionArn: string,
    read: Baseline | undefined,
    next: Baseline,
  ): Promise<'written' | 'conflict'>;
  /** Writes what is new of the sightings. A mark that another record writes at the same time wins. */
  remember(sightings: readonly Sighting[], read: ReadonlyMap<string, SeenEntity>): Promise<void>;
  /** Names of the organization's accounts, by account; they are remembered for some days. */
  rememberAccounts(names: ReadonlyMap<string, string>): Promise<void>;
  /** Once for each record, however often it is asked to. */
  rememberDenied(actor: string, attempt: DeniedAttempt): Promise<void>;
}

/** One notification that wants a place in the budget. */
export interface BudgetRequest {
  readonly alertId: string;
  readonly rank: number;
  readonly eventTime: Date;
  readonly actor: string;
  /** Whether the alert was told before, in a lower band. */
  readonly rose: boolean;
}

/** The notification budget. Asking twice for the same alert and rank spends once. */
export interface NotificationBudget {
  reserve(request: BudgetRequest): Promise<boolean>;
}

/** One alert ready to be told to people and machines. */
export interface Notification {
  readonly alertId: string;
  /** Name of a route's topic; absent for the alert topic. */
  readonly topic?: string | undefined;
  readonly subject: string;
  /** Body by SNS protocol, `default` among them; together within SNS's size limit. */
  readonly bodies: Readonly<Record<string, string>> & { readonly default: string };
}

/** Tells SNS. Resolves with the message id once SNS has accepted. */
export interface Publisher {
  publish(notification: Notification): Promise<{ readonly messageId: string }>;
}

/** An alert whose notification is pending or withheld, as the sparse index lists it. */
export interface UndeliveredAlert {
  readonly alertId: string;
  readonly actor: string;
  readonly targetArn: string;
  readonly band: string;
  /** ISO 8601 UTC. */
  readonly firstSeen: string;
}

/** Hands findings on in the format of another product. */
export interface FindingExporter {
  readonly name: string;
  /** Rejects where the finding was not taken. */
  export(document: FindingDocument, activity: Activity, signal: AbortSignal): Promise<void>;
}

/** What rendering needs to know beyond the document. */
export interface NotificationContext {
  /** Where the alert table lives, for the link to the item; absent in a replay. */
  readonly alertTable?: { readonly name: string; readonly region: string };
  /** Set when the alert was notified before: what is new is said first. */
  readonly rose?: { readonly fromBand: Band | null };
}

export type RenderNotification = (document: FindingDocument, context: NotificationContext) => Notification;

/** Looks up the country of an address; `undefined` where the address is in no country's range. */
export interface CountryLookup {
  countryOf(address: string): string | undefined;
}

/** What Lambda says of a layer version. */
export interface LayerVersionFacts {
  readonly sizeBytes?: number | undefined;
  /** Base64. */
  readonly sha256?: string | undefined;
  /** As Lambda writes it, ISO 8601. */
  readonly created?: string | undefined;
  readonly description?: string | undefined;
  readonly license?: string | undefined;
  /** Presigned address of the archive, a secret for ten minutes: neither logged nor stored. */
  readonly location?: string | undefined;
}

/** What Lambda says of a function; environment variables by name only. */
export interface FunctionFacts {
  readonly role?: string | undefined;
  readonly runtime?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly revisionId?: string | undefined;
  readonly environmentNames: readonly string[];
  readonly layers: readonly string[];
}

/** Asks Lambda. Every call rejects with a reason that names no secret. */
export interface LambdaLookup {
  layerVersion(arn: string, signal: AbortSignal): Promise<LayerVersionFacts>;
  functionConfiguration(arn: string, signal: AbortSignal): Promise<FunctionFacts>;
  aliases(arn: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Services and accounts that the resource policy lets invoke the function. */
  invokers(arn: string, signal: AbortSignal): Promise<readonly string[]>;
}

/** Reads parts of a layer's archive. */
export interface ArchiveReader {
  /** Bytes `first` to `last`, both included; with `first` below zero the last bytes. */
  read(
    address: string,
    range: { readonly first: number; readonly last?: number | undefined },
    signal: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly totalBytes: number }>;
}

export type MetricDimension = Readonly<Record<string, string>>;

/** Logs and metrics. Never handed text of a record other than as a value. */
export interface Observer {
  info(message: string, details: Readonly<Record<string, unknown>>): void;
  warn(message: string, details: Readonly<Record<string, unknown>>): void;
  count(metric: string, value?: number, dimension?: MetricDimension): void;
  milliseconds(metric: string, value: number): void;
}
