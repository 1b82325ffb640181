import type { StoredAlert } from './detection/alert';
import type { ExportResult } from './detection/alert-exports';
import type { UndeliveredState } from './detection/alert-news';
import type { Band } from './detection/band';
import type { AlertId, FunctionArn, IsoTime } from './detection/brands';
import type { StoredObject } from './detection/context-document';
import type { AlertStatus, FindingDocument } from './detection/finding-document';
import type { FunctionHistory } from './detection/history';
import type { BudgetRequest } from './detection/notification-budget';
import type { RouteName } from './detection/routes';
import type { SeenEntity, Sighting } from './detection/seen-entity';
import type { DeniedAttempt, StateQuery, StateSnapshot } from './detection/state-query';
import type { Activity, TriageEntry } from './detection/triage';

export interface Clock {
  now(): Date;
}

/** The result of a conditional write: `conflict` means that another writer was first, so read again and decide anew. */
export type WriteResult =
  | { readonly outcome: 'written'; readonly alert: StoredAlert }
  | { readonly outcome: 'conflict' };

/** The alert table. Reads are consistent; an alert past its time to live reads as absent. */
export interface AlertStore {
  /**
   * @throws {NewerItemError} where a newer release wrote the item
   * @throws {UnreadableItemError} where a required attribute is missing
   */
  read(alertId: AlertId): Promise<StoredAlert | undefined>;
  /** Puts an alert in the place of what was read; `undefined` where nothing was. */
  write(next: StoredAlert, read: StoredAlert | undefined): Promise<WriteResult>;
  /** Counts a record that the item has no place for, once however often; answers with its bucket as it is then. */
  countBeyond(
    alertId: AlertId,
    recordId: string,
    expiresAtSeconds: number,
  ): Promise<{ readonly name: string; readonly size: number }>;
}

/** Alerts that are not finished, as the sparse index lists them: a moment behind, the earliest first. */
export interface UndeliveredAlerts {
  list(state: UndeliveredState): AsyncIterable<UndeliveredAlert>;
}

/** What people do with alerts. */
export interface TriageStore {
  /** Adds an entry and sets the status; `conflict` where somebody else decided, or more was notified, since the alert was read. */
  write(read: StoredAlert, entry: TriageEntry, status: AlertStatus): Promise<'written' | 'conflict'>;
}

/**
 * What is remembered of functions, actors, publishers and layers, in the state table. Reads are consistent; what is past
 * its time to live reads as absent.
 */
export interface StateStore {
  /** All that is asked, in one call. */
  recall(query: StateQuery): Promise<StateSnapshot>;
  /** Histories by function ARN, of 100 functions at most; a function of which nothing is known is absent. */
  histories(functionArns: readonly FunctionArn[]): Promise<ReadonlyMap<FunctionArn, FunctionHistory>>;
  /** Replaces the history as read; `conflict` where another writer was first. */
  setHistory(
    functionArn: FunctionArn,
    read: FunctionHistory,
    next: FunctionHistory,
  ): Promise<'written' | 'conflict'>;
  /**
   * Functions that may have a version of a layer, given by its ARN without version; `limit` at most. By an index, a moment behind: a few
   * of them may have it no more, which their histories say, and none is missing.
   */
  functionsWith(layer: string, limit: number): Promise<readonly FunctionArn[]>;
  /** Writes what is new of the sightings. An entity that another writer writes at the same time wins. */
  remember(sightings: readonly Sighting[], read: ReadonlyMap<string, SeenEntity>): Promise<void>;
  /** Names of the organization's accounts, by account; they are remembered for some days. */
  rememberAccounts(names: ReadonlyMap<string, string>): Promise<void>;
  /** Once for each record, however often it is asked to. */
  rememberDenied(actor: string, attempt: DeniedAttempt): Promise<void>;
}

/** The notification budget. Asking twice for the same record spends once; critical ones are always granted. */
export interface NotificationBudget {
  reserve(request: BudgetRequest): Promise<boolean>;
}

/** One alert, rendered for people and machines. */
export interface Notification {
  readonly alertId: string;
  /** Whose topic it goes to; the alert topic where it is absent. */
  readonly route?: RouteName | undefined;
  readonly subject: string;
  /** Body by SNS protocol, `default` among them; together within SNS's size limit. */
  readonly bodies: Readonly<Record<string, string>> & { readonly default: string };
}

/** Publishes to SNS. Resolves with the message id once SNS has accepted. */
export interface Publisher {
  publish(notification: Notification): Promise<{ readonly messageId: string }>;
}

/** An alert whose notification is pending or withheld, as the sparse index lists it. */
export interface UndeliveredAlert {
  readonly alertId: AlertId;
  readonly actor: string;
  readonly targetArn: string;
  readonly band: Band;
  readonly firstSeen: IsoTime;
}

/** An alert as it is, for another product. */
export interface ExportedFinding {
  readonly document: FindingDocument;
  readonly activity: Activity;
}

/** Exports findings in the format of another product. */
export interface FindingExporter {
  readonly name: string;
  /** Findings that one call takes, at most. */
  readonly maxFindings: number;
  /** Shortest time from one call to the next, that the product's limit is kept. */
  readonly pauseMilliseconds: number;
  /**
   * One call. Answers for each finding, in their order.
   *
   * @throws {ExportCallError} where the product refused the whole call
   */
  export(findings: readonly ExportedFinding[], signal: AbortSignal): Promise<readonly ExportResult[]>;
}

/** What rendering needs to know beyond the document. */
export interface NotificationContext {
  /** Where the alert table lives, for the link to the item; absent in a replay. */
  readonly alertTable?: { readonly name: string; readonly region: string };
  /** Set where people were notified of the alert before: what is new is said first. */
  readonly previouslyNotified?: { readonly band: Band | null };
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
  /** Where the archive is, of a layer that Lambda keeps no copy of. */
  readonly storedIn?: StoredObject | undefined;
  /** ARN of the version of the signing profile, of a signed layer. */
  readonly signedBy?: string | undefined;
}

/** What Lambda says of a function; environment variables by name only. */
export interface FunctionFacts {
  readonly role?: string | undefined;
  readonly runtime?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly revisionId?: string | undefined;
  /** Empty where there is a problem. */
  readonly environmentNames: readonly string[];
  /** Why Lambda does not say the environment, for example for want of a permission on its key. */
  readonly environmentProblem?: string | undefined;
  /** `Successful`, `InProgress` or `Failed`. */
  readonly lastUpdateStatus?: string | undefined;
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

/** Asks under the account and in the region of a record, which are undefined where it names none. */
export type LambdaLookupAt = (place: {
  readonly account: string | undefined;
  readonly region: string | undefined;
}) => LambdaLookup;

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
