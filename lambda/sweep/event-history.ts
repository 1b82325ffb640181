import { metric } from '../contract';
import { sweptEventNames } from '../detection/event-pattern';
import type { PipelineDependencies, PipelineOptions } from '../pipeline/dependencies';
import { processRecord } from '../pipeline/process-record';
import type { EventHistory, SweepProgressStore } from './ports';

export interface SweepPorts extends PipelineDependencies {
  readonly history: EventHistory;
  readonly progress: SweepProgressStore;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface SweepOptions extends PipelineOptions {
  /** Whether there is time for one more page. */
  readonly hasTimeLeft: () => boolean;
  /** Exact names of the calls that are looked for; all that matter by default. */
  readonly eventNames?: readonly string[] | undefined;
}

export interface Swept {
  readonly records: number;
  /** Records that no event had brought. */
  readonly missed: number;
  /** What no sweep has looked through and none can any more. */
  readonly gap: Span | undefined;
  readonly finished: boolean;
}

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

const minute = 60_000;

/** The rule as published looks back over 60 minutes. */
const lookBackMilliseconds = 60 * minute;

/** How far a window reaches back after runs that failed. */
const maxLookBackMilliseconds = 24 * 60 * minute;

/** CloudTrail shows an event in its history and delivers it to EventBridge within about 15 minutes. */
const deliveryMilliseconds = 15 * minute;

/** LookupEvents takes two requests a second in an account and region, shared with everybody (CloudTrail quotas). */
const pauseMilliseconds = 600;

const recordsAtOnce = 5;

/** The window of a sweep, and what lies before it that nobody has looked through. */
export function windowOfSweep(
  now: Date,
  coveredUntil: Date | undefined,
): { readonly window: Span; readonly gap: Span | undefined } {
  const usual = now.getTime() - lookBackMilliseconds;
  const earliest = now.getTime() - maxLookBackMilliseconds;
  const covered = coveredUntil?.getTime() ?? now.getTime();
  const from = Math.max(earliest, Math.min(usual, covered - deliveryMilliseconds));
  const gap = covered < earliest ? { from: new Date(covered), to: new Date(earliest) } : undefined;
  return { window: { from: new Date(from), to: now }, gap };
}

/**
 * Takes the records of the event history through the pipeline, which counts each once whichever door it came by. What is
 * not finished in time is looked through again by the next sweep.
 */
export async function sweepEvents(ports: SweepPorts, options: SweepOptions): Promise<Swept> {
  const now = ports.clock.now();
  const covered = await ports.progress.read();
  const { window, gap } = windowOfSweep(now, covered === undefined ? undefined : new Date(covered));
  let records = 0;
  let missed = 0;
  for (const eventName of options.eventNames ?? sweptEventNames) {
    let nextToken: string | undefined;
    do {
      if (!options.hasTimeLeft()) return { records, missed, gap: undefined, finished: false };
      const page = await ports.history.lookUp({ eventName, ...window, nextToken });
      records += page.records.length;
      missed += await processPage(page.records, now, ports, options);
      nextToken = page.nextToken;
      await ports.pause(pauseMilliseconds);
    } while (nextToken !== undefined);
  }
  if (missed > 0) ports.observer.count(metric.missedByEvents, missed);
  await ports.progress.write(now.toISOString());
  return { records, missed, gap, finished: true };
}

/** A record that fails is told of at the end, after the others of its page were safe. */
async function processPage(
  records: readonly unknown[],
  now: Date,
  ports: SweepPorts,
  options: SweepOptions,
): Promise<number> {
  let missed = 0;
  const failures: unknown[] = [];
  for (let first = 0; first < records.length; first += recordsAtOnce) {
    const some = records.slice(first, first + recordsAtOnce);
    const results = await Promise.allSettled(some.map((record) => processRecord(record, ports, options)));
    for (const result of results) {
      if (result.status === 'rejected') failures.push(result.reason);
      else if (result.value.kind === 'alert' && result.value.outcome !== 'duplicate')
        missed += isOverdue(result.value.eventTime, now) ? 1 : 0;
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} records could not be processed`);
  return missed;
}

/** What happened just now may still be on its way by the rule. */
function isOverdue(eventTime: Date | undefined, now: Date): boolean {
  return eventTime !== undefined && now.getTime() - eventTime.getTime() > deliveryMilliseconds;
}
