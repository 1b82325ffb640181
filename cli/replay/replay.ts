import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CountryDatabase } from '../../lambda/aws/country-database';
import { DynamoDbAlertStore } from '../../lambda/aws/dynamodb-alert-store';
import { DynamoDbMemory } from '../../lambda/aws/dynamodb-memory';
import { DynamoDbNotificationBudget } from '../../lambda/aws/dynamodb-notification-budget';
import { FoldingOverflow } from '../../lambda/aws/folding-overflow';
import { memorySteps, recordSteps } from '../../lambda/context/steps';
import { recordNeedles } from '../../lambda/detection/event-pattern';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import type { DetectionSettings } from '../../lambda/detection/settings';
import { NotificationInProgressError } from '../../lambda/errors';
import { renderNotification } from '../../lambda/notification/message';
import { type Outcome, processRecord } from '../../lambda/pipeline';
import type { PipelineOptions, PipelinePorts } from '../../lambda/pipeline-ports';
import type { AlertStore, Observer } from '../../lambda/ports';
import type { EmbeddedDatabase } from '../embedded/database';
import type { EmbeddedTopic } from '../embedded/topic';
import { type ReadProblem, readLogs } from '../logs/read-logs';
import { type Summary, Tally } from './summary';

export interface ReplayInput {
  readonly paths: readonly string[];
  readonly settings: DetectionSettings;
  readonly database: EmbeddedDatabase;
  readonly topic: EmbeddedTopic;
  readonly countryDatabaseDirectory: string;
  readonly onProblem: (problem: ReadProblem) => void;
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
}

export interface Replayed {
  readonly summary: Summary;
  /** Documents of the alerts that the input's records belong to, in their final state, by first_seen then alert_id. */
  readonly documents: () => AsyncIterable<FindingDocument>;
}

/** One process holds the state folder, so a lease only has to outlast its own publishing. */
const leaseMilliseconds = 2_000;
const contextMilliseconds = 2_000;

/** Runs log files through the same pipeline as the detector, on an embedded DynamoDB and an embedded topic. */
export async function replay(input: ReplayInput): Promise<Replayed> {
  const ports = portsOf(input);
  const options: PipelineOptions = {
    settings: input.settings,
    leaseMilliseconds,
    contextMilliseconds,
    ownNamePrefix: undefined,
  };
  const tally = new Tally();
  const logs = readLogs(input.paths, {
    needles: recordNeedles,
    onProblem: input.onProblem,
    onProgress: input.onProgress,
  });
  for await (const { record, file, place } of logs.candidates) {
    const outcome = await processPatiently(record, ports, options);
    if (outcome.kind === 'not-cloudtrail') input.onProblem({ file, place, reason: outcome.reason });
    tally.add(outcome);
  }
  const { records, problems } = logs.totals();
  const summary = await tally.summarize({
    records,
    problems,
    notified: input.topic.count,
    alerts: ports.alerts,
  });
  return { summary, documents: () => documentsOf(tally, ports.alerts) };
}

/** A lease that a killed replay left behind runs out by itself. */
async function processPatiently(
  record: unknown,
  ports: PipelinePorts,
  options: PipelineOptions,
): Promise<Outcome> {
  for (;;) {
    try {
      return await processRecord(record, ports, options);
    } catch (error) {
      if (!(error instanceof NotificationInProgressError)) throw error;
      await sleep(Math.max(1, error.leaseUntilMilliseconds - Date.now() + 1));
    }
  }
}

async function* documentsOf(tally: Tally, alerts: AlertStore): AsyncIterable<FindingDocument> {
  for (const alertId of await tally.sortedAlertIds(alerts)) {
    const alert = await alerts.read(alertId);
    if (alert !== undefined) yield alert.document;
  }
}

function portsOf({ settings, database, topic, countryDatabaseDirectory }: ReplayInput): PipelinePorts {
  const clock = { now: () => new Date() };
  const { client, tables } = database;
  return {
    alerts: new DynamoDbAlertStore(client, tables.alerts, new FoldingOverflow(client, tables.state), clock),
    memory: new DynamoDbMemory(client, tables.state, settings.retentionDays, clock),
    budget: new DynamoDbNotificationBudget(client, tables.state, settings.notificationBudget, clock, 'event'),
    publisher: topic,
    render: renderNotification,
    clock,
    observer: silentObserver,
    newToken: randomUUID,
    contextSteps: recordSteps(new CountryDatabase(countryDatabaseDirectory), settings.workingHours),
    changeSteps: memorySteps,
  };
}

/** A replay's results are its output; what the handlers log and count is in them. */
const silentObserver: Observer = { info() {}, warn() {}, count() {}, milliseconds() {} };
