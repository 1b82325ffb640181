import { randomUUID } from 'node:crypto';
import type { ChangeStep, ContextStep } from '../../lambda/context/context-step';
import { memorySteps, recordSteps } from '../../lambda/context/steps';
import { documentOf } from '../../lambda/detection/alert';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { type DetectionSettings, defaultDetectionSettings } from '../../lambda/detection/settings';
import { NotificationInProgressError } from '../../lambda/errors';
import type { PipelineDependencies, PipelineOptions } from '../../lambda/pipeline/dependencies';
import { type Outcome, processRecord } from '../../lambda/pipeline/process-record';
import type { Clock, Notification, NotificationContext, Observer, Publisher } from '../../lambda/ports';
import { openLevelStores } from './level-stores';
import type { OpenedStores, Stores } from './stores';
import { waitUntil } from './wait-until';

/** Keeps what was published; refuses the next publishes when asked to. */
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

/** What a test replaces of the pipeline. */
interface Replaced {
  /** In memory by default. */
  readonly opened?: OpenedStores;
  readonly contextSteps?: readonly ContextStep[];
  readonly changeSteps?: readonly ChangeStep[];
}

/** The pipeline on stores of its own, with a clock that the test moves. */
export class PipelineHarness {
  readonly topic = new RecordingTopic();
  readonly observer = new RecordingObserver();
  private offsetMilliseconds = 0;

  private constructor(
    private readonly opened: OpenedStores,
    readonly stores: Stores,
    readonly ports: PipelineDependencies,
    readonly options: PipelineOptions,
  ) {}

  static async start(
    settings: Partial<DetectionSettings> = {},
    replaced: Replaced = {},
  ): Promise<PipelineHarness> {
    const opened = replaced.opened ?? (await openLevelStores());
    const all = { ...defaultDetectionSettings, ...settings };
    let bench: PipelineHarness | undefined;
    const clock = { now: () => new Date(Date.now() + (bench?.offsetMilliseconds ?? 0)) };
    const stores = opened.stores(clock, all.retentionDays);
    const ports = {
      alerts: stores.alerts,
      state: stores.state,
      budget: stores.budget(all.notificationBudget),
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
      changeSteps: replaced.changeSteps ?? memorySteps(stores.state),
    } satisfies PipelineDependencies;
    const harness = (): PipelineHarness => {
      if (bench === undefined) throw new Error('not started');
      return bench;
    };
    bench = new PipelineHarness(opened, stores, ports, {
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

  /** The same data, as a process with another clock sees it. */
  storesAt(clock: Clock, retentionDays?: number): Stores {
    return this.opened.stores(clock, retentionDays);
  }

  stop(): Promise<void> {
    return this.opened.close();
  }
}

function renderForTest(document: FindingDocument, context: NotificationContext): Notification {
  const subject = context.previouslyNotified === undefined ? 'new' : 'again';
  return { alertId: document.layerwatch.alert_id, subject, bodies: { default: JSON.stringify(document) } };
}
