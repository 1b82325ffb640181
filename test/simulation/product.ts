import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
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
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { defaultDetectionSettings } from '../../lambda/detection/settings';
import { ExportCallError } from '../../lambda/errors';
import { clientOptions } from '../../lambda/handlers/client-options';
import { sweeperClientOptions } from '../../lambda/handlers/compose-sweeper';
import { renderNotification } from '../../lambda/notification/message';
import type { PipelineDependencies, PipelineOptions } from '../../lambda/pipeline/dependencies';
import { processRecord } from '../../lambda/pipeline/process-record';
import type { Clock, FindingExporter } from '../../lambda/ports';
import type { FunctionLister, SeedProgressStore } from '../../lambda/sweep/ports';
import { type SweepDependencies, sweep } from '../../lambda/sweep/sweep';
import { account, region } from '../fixtures/records';
import { countries } from './world/cast';
import type { HistoryPage, HistoryQuestion } from './world/event-history';
import type { FunctionPage } from './world/function-list';

/**
 * How the product is put together; `product-state` reads what it published and stored. Everything else of the simulation knows
 * neither.
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

/** What the exporter says of one call: nothing, that there are too many, that it refuses the whole of it, or which documents it takes. */
export type ExportAnswer = 'away' | 'throttled' | 'call-refused' | readonly boolean[];

/** What one process of the product has outside itself. */
export interface Environment {
  readonly clock: Clock;
  readonly newToken: () => string;
  readonly dynamoDb: (options: ClientOptions) => DynamoDBClient;
  readonly sns: (options: ClientOptions) => SNSClient;
  /** One call to the exporter. */
  readonly export: (documents: readonly FindingDocument[]) => Promise<ExportAnswer>;
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
  const state = new DynamoDbStateStore(dynamoDb, tables.state, settings.retentionDays, clock);
  return {
    alerts: new DynamoDbAlertStore(
      dynamoDb,
      tables.alerts,
      new FoldingOverflow(dynamoDb, tables.state),
      clock,
    ),
    state,
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
    changeSteps: remembers ? memorySteps(state) : [],
    exporters: [exporterOf(environment)],
  };
}

function exporterOf(environment: Environment): FindingExporter {
  return {
    name: 'exporter',
    maxFindings: 5,
    pauseMilliseconds: 100,
    export: async (findings) => {
      const answer = await environment.export(findings.map(({ document }) => document));
      if (answer === 'away') throw new ExportCallError('the exporter is away', 'unavailable');
      if (answer === 'throttled') throw new ExportCallError('too many calls', 'throttled');
      if (answer === 'call-refused') throw new ExportCallError('a document is refused', 'content');
      return answer.map((taken) =>
        taken ? { outcome: 'accepted' } : { outcome: 'refused', reason: 'a document is refused' },
      );
    },
  };
}

/** The alert that a request to the alert table is about. */
export function alertIdOfRequest(body: string): string | undefined {
  const { TableName, Key } = JSON.parse(body) as {
    readonly TableName?: string;
    readonly Key?: Readonly<Record<string, { readonly S?: string }>>;
  };
  return TableName === tables.alerts ? Key?.[alertTable.partitionKey]?.S : undefined;
}
