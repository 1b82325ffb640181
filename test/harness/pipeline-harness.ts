import { randomUUID } from 'node:crypto';
import type { EmbeddedDatabase } from '../../cli/embedded/database';
import { DynamoDbAlertStore } from '../../lambda/aws/dynamodb-alert-store';
import { DynamoDbNotificationBudget } from '../../lambda/aws/dynamodb-notification-budget';
import { DynamoDbStateStore } from '../../lambda/aws/dynamodb-state-store';
import { FoldingOverflow } from '../../lambda/aws/folding-overflow';
import type { ChangeStep, ContextStep } from '../../lambda/context/context-step';
import { memorySteps, recordSteps } from '../../lambda/context/steps';
import { documentOf } from '../../lambda/detection/alert';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { type DetectionSettings, defaultDetectionSettings } from '../../lambda/detection/settings';
import { NotificationInProgressError } from '../../lambda/errors';
import type { PipelineDependencies, PipelineOptions } from '../../lambda/pipeline/dependencies';
import { type Outcome, processRecord } from '../../lambda/pipeline/process-record';
import type { Notification, NotificationContext, Observer, Publisher } from '../../lambda/ports';
import { startTestDatabase } from './database';
import { waitUntil } from './wait-until';

/** Keeps what was published; refuses the next publishes when told to. */
export class RecordingTopic implements Publisher {
  readonly published: {
    readonly alertId: string;
    readonly document: FindingDocument;
    readonly isAgain: boolean;
  }[] = [];
  /** Digests accepted so far; they are about no single alert. */
  digests = 0;
  private refusals = 0;

  refuseNext(times: number): void {
    this.refusals = times;
  }

  async publish(notification: Notification): Promise<{ readonly messageId: string }> {
    if (this.refusals-- > 0) throw new Error('the topic is away');
    if (notification.alertId.startsWith('digest-')) this.digests++;
    if (notification.alertId.startsWith('digest-')) return { messageId: randomUUID() };
    this.published.push({
      alertId: notification.alertId,
      document: JSON.parse(notification.bodies.default) as FindingDocument,
      isAgain: notification.subject === 'again',
    });
    return { messageId: randomUUID() };
  }
}

/** Counts metrics by name, and by name and dimension. */
export class RecordingObserver implements Observer {
  readonly counts = new Map<string, number>();

  info(): void {}
  warn(): void {}
  milliseconds(): void {}

  count(metric: string, value = 1, dimension?: Readonly<Record<string, string>>): void {
    const key = dimension === undefined ? metric : `${metric} ${Object.values(dimension).join(' ')}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + value);
  }
}

/** The pipeline on a DynamoDB of its own, with a clock that the test moves. */
export class PipelineHarness {
  readonly topic = new RecordingTopic();
  readonly observer = new RecordingObserver();
  private offsetMilliseconds = 0;

  private constructor(
    readonly database: EmbeddedDatabase,
    readonly ports: PipelineDependencies,
    readonly options: PipelineOptions,
  ) {}

  static async start(
    settings: Partial<DetectionSettings> = {},
    replaced: {
      readonly contextSteps?: readonly ContextStep[];
      readonly changeSteps?: readonly ChangeStep[];
    } = {},
  ): Promise<PipelineHarness> {
    const database = await startTestDatabase();
    const { client, tables } = database;
    const all = { ...defaultDetectionSettings, ...settings };
    let bench: PipelineHarness | undefined;
    const clock = { now: () => new Date(Date.now() + (bench?.offsetMilliseconds ?? 0)) };
    const ports = {
      alerts: new DynamoDbAlertStore(client, tables.alerts, new FoldingOverflow(client, tables.state), clock),
      state: new DynamoDbStateStore(client, tables.state, all.retentionDays, clock),
      budget: new DynamoDbNotificationBudget(client, tables.state, all.notificationBudget, clock, 'event'),
      publisher: { publish: (notification: Notification) => harness().topic.publish(notification) },
      render: renderForTest,
      clock,
      observer: {
        info() {},
        warn() {},
        milliseconds() {},
        count: (...counted: Parameters<Observer['count']>) => harness().observer.count(...counted),
      },
      newToken: randomUUID,
      contextSteps: replaced.contextSteps ?? recordSteps({ countryOf: () => undefined }, all.workingHours),
      changeSteps: replaced.changeSteps ?? memorySteps,
    } satisfies PipelineDependencies;
    const harness = (): PipelineHarness => {
      if (bench === undefined) throw new Error('not started');
      return bench;
    };
    bench = new PipelineHarness(database, ports, {
      settings: all,
      leaseMilliseconds: 45_000,
      contextMilliseconds: 200,
      ownNamePrefix: 'Layerwatch-',
    });
    return bench;
  }

  /** One delivery of a record, as the detector would take it. */
  process(record: unknown): Promise<Outcome> {
    return processRecord(record, this.ports, this.options);
  }

  /** The same with some of the ports replaced. */
  processWith(replaced: Partial<PipelineDependencies>, record: unknown): Promise<Outcome> {
    return processRecord(record, { ...this.ports, ...replaced }, this.options);
  }

  /** Delivers again while another delivery holds the lease, as Lambda does. */
  processWithRetries(record: unknown): Promise<Outcome> {
    return waitUntil({
      description: 'the end of the lease on a notification',
      found: async () => {
        try {
          return await this.process(record);
        } catch (error) {
          if (error instanceof NotificationInProgressError) return undefined;
          throw error;
        }
      },
    });
  }

  advanceSeconds(seconds: number): void {
    this.offsetMilliseconds += seconds * 1_000;
  }

  async document(alertId: string): Promise<FindingDocument> {
    const alert = await this.ports.alerts.read(alertId);
    if (alert === undefined) throw new Error(`no alert ${alertId}`);
    return documentOf(alert);
  }

  stop(): Promise<void> {
    return this.database.close();
  }
}

function renderForTest(document: FindingDocument, context: NotificationContext): Notification {
  const subject = context.previouslyNotified === undefined ? 'new' : 'again';
  return { alertId: document.layerwatch.alert_id, subject, bodies: { default: JSON.stringify(document) } };
}
