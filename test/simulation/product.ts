import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { DynamoDbAlertStore } from '../../lambda/aws/dynamodb-alert-store';
import { DynamoDbNotificationBudget } from '../../lambda/aws/dynamodb-notification-budget';
import {
  DynamoDbSeedProgress,
  DynamoDbSweepLease,
  DynamoDbSweepProgress,
} from '../../lambda/aws/dynamodb-progress';
import { DynamoDbStateStore } from '../../lambda/aws/dynamodb-state-store';
import { DynamoDbUndeliveredAlerts } from '../../lambda/aws/dynamodb-undelivered-alerts';
import { FoldingOverflow } from '../../lambda/aws/folding-overflow';
import { SnsPublisher } from '../../lambda/aws/sns-publisher';
import { memorySteps, recordSteps } from '../../lambda/context/steps';
import {
  alertTable,
  detectorTimeoutSeconds,
  notificationLeaseSeconds,
  sweeperTimeoutSeconds,
} from '../../lambda/contract';
import { documentOf } from '../../lambda/detection/alert';
import type { UndeliveredState } from '../../lambda/detection/alert-news';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { defaultDetectionSettings } from '../../lambda/detection/settings';
import { sweeperClientOptions } from '../../lambda/handlers/compose-sweeper';
import { clientOptions } from '../../lambda/handlers/composition';
import { renderNotification } from '../../lambda/notification/message';
import type { PipelineDependencies, PipelineOptions } from '../../lambda/pipeline/dependencies';
import { processRecord } from '../../lambda/pipeline/process-record';
import type { Clock } from '../../lambda/ports';
import type { FunctionLister, SeedProgressStore } from '../../lambda/sweep/ports';
import { type SweepDependencies, sweep } from '../../lambda/sweep/sweep';
import { account, region } from '../fixtures/records';
import type { SnsMessage } from './machine/modelled-sns';
import { countries } from './world/cast';
import type { HistoryPage, HistoryQuestion } from './world/event-history';
import type { FunctionPage } from './world/function-list';

/**
 * The one file that knows how the product is put together. Everything else of the simulation knows its records, its requests, what
 * it publishes, and the documents that it keeps.
 */

export const tables = { alerts: 'alerts', state: 'state' } as const;
export const detectorTimeoutMilliseconds = detectorTimeoutSeconds * 1_000;
export const sweeperTimeoutMilliseconds = sweeperTimeoutSeconds * 1_000;
const topicArn = `arn:aws:sns:${region}:${account}:Layerwatch-Alerts`;

/** The clients' options as the handlers compose them. */
export interface ClientOptions {
  readonly maxAttempts: number;
  readonly timeoutMilliseconds: number;
}

const detectorClient = clientOf(clientOptions);
const sweeperClient = clientOf(sweeperClientOptions);

function clientOf({
  maxAttempts,
  requestHandler,
}: typeof clientOptions | typeof sweeperClientOptions): ClientOptions {
  return { maxAttempts, timeoutMilliseconds: requestHandler.requestTimeout };
}

/** A sweep ends while there is time to note how far it came. */
const sweepReserveMilliseconds = 60_000;

/** What of the settings a scenario decides. */
export interface ProductSettings {
  readonly budgetCount: number;
  readonly remembers: boolean;
}

/** What one process of the product has outside itself. */
export interface Environment {
  readonly clock: Clock;
  readonly newToken: () => string;
  readonly dynamoDb: (options: ClientOptions) => DynamoDBClient;
  readonly sns: (options: ClientOptions) => SNSClient;
  /** Rejects where the document was not taken. */
  readonly export: (document: FindingDocument) => Promise<void>;
}

export interface SweeperEnvironment extends Environment {
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly lookUp: (question: HistoryQuestion) => Promise<HistoryPage>;
  readonly listFunctions: (marker: string | undefined) => Promise<FunctionPage>;
  /** Whether the functions are listed by this sweep, whenever they were the last time. */
  readonly isListingDue: () => boolean | undefined;
}

/** What became of one record: the alert that counts it, where it is a match. */
export interface Judged {
  readonly alertId: string | undefined;
}

/** A process of the detector. */
export function detectorOf(
  environment: Environment,
  settings: ProductSettings,
): (event: unknown) => Promise<Judged> {
  const options = optionsOf(settings);
  const ports = portsOf(environment, settings, options);
  return async (event) => {
    const outcome = await processRecord(event, ports, options);
    return { alertId: outcome.kind === 'alert' ? outcome.alertId : undefined };
  };
}

/** A process of the sweeper. */
export function sweeperOf(
  environment: SweeperEnvironment,
  settings: ProductSettings,
): (remainingMilliseconds: () => number) => Promise<void> {
  const options = optionsOf(settings);
  const { clock, pause, lookUp, listFunctions } = environment;
  const dynamoDb = environment.dynamoDb(sweeperClient);
  const functions: FunctionLister = { page: listFunctions };
  const ports: SweepDependencies = {
    ...portsOf(environment, settings, options),
    undelivered: new DynamoDbUndeliveredAlerts(dynamoDb, tables.alerts),
    history: { lookUp },
    progress: new DynamoDbSweepProgress(dynamoDb, tables.state),
    pause,
    lease: new DynamoDbSweepLease(dynamoDb, tables.state, clock, environment.newToken),
    listing: { functions, progress: listingWhenDue(environment, dynamoDb) },
  };
  return async (remainingMilliseconds) => {
    await sweep(ports, {
      ...options,
      remainingMilliseconds: () => remainingMilliseconds() - sweepReserveMilliseconds,
    });
  };
}

/** The product lists once a day; the simulated day is short. */
function listingWhenDue(
  { isListingDue, clock }: SweeperEnvironment,
  dynamoDb: DynamoDBClient,
): SeedProgressStore {
  const progress = new DynamoDbSeedProgress(dynamoDb, tables.state);
  return {
    write: (done) => progress.write(done),
    read: async () => {
      const known = await progress.read();
      const now = clock.now().toISOString();
      switch (isListingDue()) {
        case true:
          return known?.completedAt === undefined ? known : undefined;
        case false:
          return { startedAt: now, marker: undefined, completedAt: now };
        case undefined:
          return known;
      }
    },
  };
}

function optionsOf({ budgetCount }: ProductSettings): PipelineOptions {
  return {
    settings: {
      ...defaultDetectionSettings,
      notificationBudget: { ...defaultDetectionSettings.notificationBudget, count: budgetCount },
    },
    leaseMilliseconds: notificationLeaseSeconds * 1_000,
    contextMilliseconds: 2_000,
    ownAccount: account,
    ownNamePrefix: 'Layerwatch-',
    alertTable: { name: tables.alerts, region },
  };
}

function portsOf(
  environment: Environment,
  { remembers }: ProductSettings,
  { settings }: PipelineOptions,
): PipelineDependencies {
  const { clock, newToken } = environment;
  const dynamoDb = environment.dynamoDb(detectorClient);
  const observer = { info() {}, warn() {}, count() {}, milliseconds() {} };
  return {
    alerts: new DynamoDbAlertStore(
      dynamoDb,
      tables.alerts,
      new FoldingOverflow(dynamoDb, tables.state),
      clock,
    ),
    state: new DynamoDbStateStore(dynamoDb, tables.state, settings.retentionDays, clock),
    budget: new DynamoDbNotificationBudget(
      dynamoDb,
      tables.state,
      settings.notificationBudget,
      clock,
      'clock',
    ),
    publisher: new SnsPublisher(environment.sns(detectorClient), topicArn, new Map(), observer),
    render: renderNotification,
    clock,
    observer,
    newToken,
    contextSteps: recordSteps({ countryOf: (address) => countries.get(address) }, undefined),
    changeSteps: remembers ? memorySteps : [],
    exporters: [{ name: 'exporter', export: (document) => environment.export(document) }],
  };
}

/** An alert as its document says it. */
export interface AlertState {
  readonly alertId: string;
  readonly target: string;
  readonly kind: string;
  readonly severity: string;
  readonly score: number;
  readonly disposition: string;
  readonly status: string;
  readonly occurrences: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** At most 100. */
  readonly recordIds: readonly string[];
  /** Id of the record that the document is about. */
  readonly about: string;
  /** Ids of other records that it says something of in words. */
  readonly mentioned: readonly string[];
  /** `null` where not known. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
}

export function alertStateOf({ layerwatch, event }: FindingDocument): AlertState {
  const { target, change, risk } = layerwatch;
  return {
    alertId: layerwatch.alert_id,
    target: target.arn ?? target.name ?? 'unknown',
    kind: change.kind,
    severity: risk.band,
    score: risk.score,
    disposition: layerwatch.disposition,
    status: layerwatch.status,
    occurrences: layerwatch.occurrences,
    firstSeen: layerwatch.first_seen,
    lastSeen: layerwatch.last_seen,
    recordIds: layerwatch.event_ids,
    about: otherRecordOf(layerwatch.problems) ?? event.id,
    mentioned: layerwatch.problems.flatMap((problem) => problem.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []),
    before: change.before,
    after: change.after,
  };
}

/** A notification of a record whose details are lost says so in words, and shows those of another one. */
function otherRecordOf(problems: readonly string[]): string | undefined {
  return problems.flatMap((problem) => /^this is about event ([0-9a-f-]+)/.exec(problem)?.[1] ?? [])[0];
}

/** All alerts that there are, and which of them wait for a notification. */
export interface StoredState {
  readonly alerts: readonly AlertState[];
  readonly pending: readonly string[];
  readonly withheld: readonly string[];
  readonly unexported: readonly string[];
}

export async function readState(client: DynamoDBClient, clock: Clock): Promise<StoredState> {
  const catalogue = new DynamoDbAlertCatalogue(client, tables.alerts);
  const undelivered = new DynamoDbUndeliveredAlerts(client, tables.alerts);
  const now = clock.now().getTime();
  const alerts: AlertState[] = [];
  const question = { by: { kind: 'day' }, filters: {} } as const;
  const span = { since: new Date(now - 86_400_000), until: new Date(now) };
  for await (const alert of catalogue.list({ ...question, ...span }))
    alerts.push(alertStateOf(documentOf(alert)));
  const idsOf = async (state: UndeliveredState) => {
    const ids: string[] = [];
    for await (const { alertId } of undelivered.list(state)) ids.push(alertId);
    return ids;
  };
  return {
    alerts,
    pending: await idsOf('pending'),
    withheld: await idsOf('withheld'),
    unexported: await idsOf('unexported'),
  };
}

/** What a message that SNS accepted says to machines. */
export type Published =
  | { readonly kind: 'alert'; readonly state: AlertState }
  | { readonly kind: 'digest'; readonly alertIds: readonly string[] }
  | { readonly kind: 'other'; readonly subject: string };

export function publishedOf({ bodies, subject }: SnsMessage): Published {
  const body = JSON.parse(bodies['sqs'] ?? '{}') as {
    readonly event?: { readonly kind?: string };
    readonly layerwatch?: { readonly digest?: { readonly alert_ids: readonly string[] } };
  };
  if (body.event?.kind === 'alert')
    return { kind: 'alert', state: alertStateOf(body as unknown as FindingDocument) };
  const digest = body.layerwatch?.digest;
  return digest === undefined ? { kind: 'other', subject } : { kind: 'digest', alertIds: digest.alert_ids };
}

/** The alert that a request to the alert table is about. */
export function alertIdOfRequest(body: string): string | undefined {
  const { TableName, Key } = JSON.parse(body) as {
    readonly TableName?: string;
    readonly Key?: Readonly<Record<string, { readonly S?: string }>>;
  };
  return TableName === tables.alerts ? Key?.[alertTable.partitionKey]?.S : undefined;
}
