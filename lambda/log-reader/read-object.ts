import { metric } from '../contract';
import { classifiedEventNamePrefixes } from '../detection/watched-calls';
import { NotificationInProgressError, UnreadableObjectError } from '../errors';
import type { LogSource } from '../logs/log-source';
import { readLogs } from '../logs/read-logs';
import type { PipelineDependencies, PipelineOptions } from '../pipeline/dependencies';
import { type Outcome, processRecord } from '../pipeline/process-record';
import { workThrough } from '../pipeline/worker-pool';
import { errorMessage } from '../text/format';
import type { RecordsObject } from './objects';
import type { EventPlaces, TrailBucket } from './ports';

export interface LogReaderDependencies extends PipelineDependencies {
  readonly bucket: TrailBucket;
  readonly eventPlaces: EventPlaces;
}

export interface LogReaderOptions extends PipelineOptions {
  /** Whether there is time for more records. */
  readonly hasTimeLeft: () => boolean;
}

/** Why an object was not decided; `no-time` is no fault of the object. */
export type FailureReason =
  | UnreadableObjectError['reason']
  | 'not-fetched'
  | 'damaged'
  | 'not-processed'
  | 'no-time';

export type ObjectOutcome =
  | { readonly kind: 'decided' }
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly detail: string };

/** Histories of the same function contend, so few records of one object are in work at once. */
const recordsAtOnce = 5;

/** Events come within seconds as a rule; what is older than this and came by the bucket first had no event. */
const eventMilliseconds = 5 * 60_000;

/** Decides every record of an object. One record that fails keeps none of the others from being decided; the object has failed then. */
export async function readObject(
  object: RecordsObject,
  dependencies: LogReaderDependencies,
  options: LogReaderOptions,
): Promise<ObjectOutcome> {
  const reading = new ObjectReading(object, dependencies, options);
  try {
    await reading.read(await dependencies.bucket.open(object.key));
  } catch (error) {
    reading.fail(error instanceof UnreadableObjectError ? error.reason : 'not-fetched', errorMessage(error));
  }
  return reading.outcome();
}

class ObjectReading {
  private failure: Extract<ObjectOutcome, { kind: 'failed' }> | undefined;
  private onlyByBucket = 0;
  private missed = 0;

  constructor(
    private readonly object: RecordsObject,
    private readonly dependencies: LogReaderDependencies,
    private readonly options: LogReaderOptions,
  ) {}

  /** The first failure counts. */
  fail(reason: FailureReason, detail: string): void {
    this.failure ??= { kind: 'failed', reason, detail };
  }

  outcome(): ObjectOutcome {
    const { observer } = this.dependencies;
    if (this.onlyByBucket > 0) observer.count(metric.broughtByBucket, this.onlyByBucket);
    if (this.missed > 0) observer.count(metric.missedByEvents, this.missed);
    return this.failure ?? { kind: 'decided' };
  }

  async read(source: LogSource): Promise<void> {
    let waiting: unknown[] = [];
    for await (const record of this.recordsOf(source)) {
      if (!this.options.hasTimeLeft()) return this.fail('no-time', 'the run had to end');
      waiting.push(record);
      if (waiting.length < recordsAtOnce) continue;
      await this.processAll(waiting);
      waiting = [];
    }
    await this.processAll(waiting);
  }

  private async *recordsOf(source: LogSource): AsyncGenerator<unknown> {
    const { candidates } = readLogs([], {
      eventNamePrefixes: classifiedEventNamePrefixes,
      onProblem: ({ place, reason }) => this.fail('damaged', `${place}: ${reason}`),
      remote: { found: found(source), bytes: source.bytes },
    });
    for await (const { record } of candidates) yield record;
  }

  private async processAll(records: readonly unknown[]): Promise<void> {
    await workThrough(records, recordsAtOnce, (record) => this.process(record));
  }

  /** The account of the key is the envelope: nobody but CloudTrail writes there, and it files records by their account. */
  private async process(record: unknown): Promise<void> {
    try {
      const envelope = { account: this.object.account, detail: record };
      await this.countDoor(await processRecord(envelope, this.dependencies, this.options));
    } catch (error) {
      // The alert is stored, and another worker notifies right now; the sweep finishes what that one leaves.
      if (error instanceof NotificationInProgressError) return;
      this.fail('not-processed', errorMessage(error));
    }
  }

  private async countDoor(outcome: Outcome): Promise<void> {
    if (outcome.kind !== 'alert' || outcome.outcome === 'duplicate') return;
    this.onlyByBucket++;
    const { account, region } = this.object;
    if (this.isOverdue(outcome.eventTime) && (await this.dependencies.eventPlaces.includes(account, region)))
      this.missed++;
  }

  private isOverdue(eventTime: Date | undefined): boolean {
    const now = this.dependencies.clock.now().getTime();
    return eventTime !== undefined && now - eventTime.getTime() > eventMilliseconds;
  }
}

async function* found(source: LogSource) {
  yield { kind: 'source', source } as const;
}
