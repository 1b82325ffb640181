import { metric } from '../contract';
import { parseRecord } from '../detection/record';
import { sweptEventNames } from '../detection/swept-event-names';
import { NotificationInProgressError } from '../errors';
import type { PipelineDependencies, PipelineOptions } from '../pipeline/dependencies';
import { processRecord } from '../pipeline/process-record';
import { errorMessage } from '../text/format';
import type { EventHistory, SweepMark, SweepProgressStore } from './ports';
import { deliveryMilliseconds, markAfter, markWhenCutOff, planSweep, type Span } from './sweep-window';

export interface EventSweepDependencies extends PipelineDependencies {
  readonly history: EventHistory;
  readonly progress: SweepProgressStore;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface EventSweepOptions extends PipelineOptions {
  /** Whether there is time for one more page. */
  readonly hasTimeLeft: () => boolean;
  /** Exact names of the calls that are looked for; all that matter by default. */
  readonly eventNames?: readonly string[] | undefined;
  /** Reports a span that no sweep has looked through and none can any more, before it is given up. */
  readonly onGap: (gap: Span) => Promise<void>;
}

export interface Swept {
  readonly records: number;
  /** Records that no event had brought. */
  readonly missed: number;
  /** Whether every event name was looked through to its end. */
  readonly isFinished: boolean;
  /** What failed; everything else was looked through. */
  readonly failures: readonly unknown[];
}

/** LookupEvents takes two requests a second in an account and region, shared with everybody (CloudTrail quotas). */
const pauseMilliseconds = 600;

const recordsAtOnce = 5;

/**
 * Takes the records of the event history through the pipeline, which counts each once whichever door it came by. Each event name
 * has a mark of its own: one that fails, or that a flood keeps from its end, keeps none of the others from theirs.
 */
export async function sweepEvents(
  dependencies: EventSweepDependencies,
  options: EventSweepOptions,
): Promise<Swept> {
  const names = options.eventNames ?? sweptEventNames;
  const sweep = new EventSweep(dependencies, options, await marksOf(names, dependencies));
  for (const name of names) await sweep.lookThrough(name);
  return sweep.finish();
}

/** The first run of a name leaves a mark at once: what it cannot look through is a gap for the next one and not forgotten. */
async function marksOf(
  names: readonly string[],
  { progress, clock }: EventSweepDependencies,
): Promise<Map<string, SweepMark>> {
  const marks = new Map(await progress.read(names));
  const missing = names.filter((name) => !marks.has(name));
  if (missing.length === 0) return marks;
  for (const name of missing) marks.set(name, markAfter(clock.now()));
  await progress.write(marks);
  return marks;
}

/** One run over the event names. */
class EventSweep {
  private records = 0;
  private missed = 0;
  private isFinished = true;
  private hasUnwrittenMarks = false;
  private readonly failures: unknown[] = [];
  private readonly now: Date;

  constructor(
    private readonly dependencies: EventSweepDependencies,
    private readonly options: EventSweepOptions,
    private readonly marks: Map<string, SweepMark>,
  ) {
    this.now = dependencies.clock.now();
  }

  async finish(): Promise<Swept> {
    if (this.hasUnwrittenMarks) await this.writeMarks().catch((error: unknown) => this.fail('all', error));
    const { records, missed, failures } = this;
    if (missed > 0) this.dependencies.observer.count(metric.missedByEvents, missed);
    return { records, missed, isFinished: this.isFinished && failures.length === 0, failures };
  }

  /** A name that fails keeps its mark, and is looked through again from there by the next run. */
  async lookThrough(eventName: string): Promise<void> {
    const failuresBefore = this.failures.length;
    const { spans, gap } = planSweep(this.now, this.marks.get(eventName));
    const isGapReported = gap === undefined || (await this.reportGap(eventName, gap));
    const recordsBefore = this.records;
    try {
      const reached = await this.lookThroughSpans(eventName, spans);
      if (reached !== undefined) this.isFinished = false;
      if (this.failures.length > failuresBefore || !isGapReported) return;
      this.marks.set(
        eventName,
        reached === undefined ? markAfter(this.now) : markWhenCutOff(this.now, spans, reached),
      );
      this.hasUnwrittenMarks = true;
      // A name without calls is looked through again at the cost of one request: its mark is written with the next.
      if (this.records > recordsBefore || gap !== undefined) await this.writeMarks();
    } catch (error) {
      this.fail(eventName, error);
    }
  }

  /** A gap that could not be reported stays one for the next run. */
  private async reportGap(eventName: string, gap: Span): Promise<boolean> {
    try {
      await this.options.onGap(gap);
      return true;
    } catch (error) {
      this.fail(eventName, error);
      return false;
    }
  }

  private async writeMarks(): Promise<void> {
    await this.dependencies.progress.write(this.marks);
    this.hasUnwrittenMarks = false;
  }

  private fail(eventName: string, error: unknown): void {
    this.failures.push(error);
    const details = { eventName, error: errorMessage(error) };
    this.dependencies.observer.warn('calls of the event history could not be handled', details);
  }

  /** Answers with the time down to which it came, where time did not allow more. */
  private async lookThroughSpans(eventName: string, spans: readonly Span[]): Promise<Date | undefined> {
    let reached = this.now;
    for (const span of spans) {
      let nextToken: string | undefined;
      reached = new Date(Math.min(reached.getTime(), span.to.getTime()));
      do {
        if (!this.options.hasTimeLeft()) return reached;
        const page = await this.dependencies.history.lookUp({ eventName, ...span, nextToken });
        await this.processPage(eventName, page.records);
        reached = earliestOf(page.records, reached);
        nextToken = page.nextToken;
        await this.dependencies.pause(pauseMilliseconds);
      } while (nextToken !== undefined);
    }
    return undefined;
  }

  /** A record that fails keeps none of the others from being handled. */
  private async processPage(eventName: string, records: readonly unknown[]): Promise<void> {
    this.records += records.length;
    for (let first = 0; first < records.length; first += recordsAtOnce)
      await Promise.all(
        records.slice(first, first + recordsAtOnce).map((record) => this.process(eventName, record)),
      );
  }

  private async process(eventName: string, record: unknown): Promise<void> {
    try {
      const outcome = await processRecord(record, this.dependencies, this.options);
      const isNew = outcome.kind === 'alert' && outcome.outcome !== 'duplicate';
      if (isNew && this.isOverdue(outcome.eventTime)) this.missed++;
    } catch (error) {
      // The alert is stored, and another worker publishes it right now.
      if (!(error instanceof NotificationInProgressError)) this.fail(eventName, error);
    }
  }

  /** What happened just now may still be on its way by the rule. */
  private isOverdue(eventTime: Date | undefined): boolean {
    return eventTime !== undefined && this.now.getTime() - eventTime.getTime() > deliveryMilliseconds;
  }
}

/** LookupEvents answers with the newest events first; a record without a time says nothing. */
function earliestOf(records: readonly unknown[], reached: Date): Date {
  const times = records.flatMap((value) => {
    const parsed = parseRecord(value);
    return parsed.kind === 'record' ? (parsed.record.eventTime?.getTime() ?? []) : [];
  });
  return new Date(Math.min(reached.getTime(), ...times));
}
