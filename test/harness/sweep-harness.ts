import { randomUUID } from 'node:crypto';
import { parseRecord } from '../../lambda/detection/record';
import type { Clock } from '../../lambda/ports';
import type { EventHistory } from '../../lambda/sweep/ports';
import type { SweepDependencies } from '../../lambda/sweep/sweep';
import type { PipelineHarness } from './pipeline-harness';

/** The event history of an account, newest first and page by page, as LookupEvents answers. */
export class RecordedHistory implements EventHistory {
  readonly asked: { readonly eventName: string; readonly from: Date; readonly to: Date }[] = [];
  isFailing = false;

  constructor(
    private readonly records: readonly unknown[],
    private readonly pageSize = 2,
  ) {}

  async lookUp({ eventName, from, to, nextToken }: Parameters<EventHistory['lookUp']>[0]) {
    if (this.isFailing) throw new Error('ThrottlingException');
    this.asked.push({ eventName, from, to });
    const found = this.records
      .flatMap((value) => {
        const parsed = parseRecord(value);
        const { record } = parsed.kind === 'record' ? parsed : { record: undefined };
        const time = record?.eventTime;
        if (record?.eventName !== eventName || time === undefined || time < from || time > to) return [];
        return [{ value, time }];
      })
      .sort((a, b) => b.time.getTime() - a.time.getTime())
      .map(({ value }) => value);
    const first = Number(nextToken ?? 0);
    const next = first + this.pageSize;
    return {
      records: found.slice(first, next),
      nextToken: next < found.length ? String(next) : undefined,
    };
  }
}

/** What a sweep needs, on the stores of a harness; the event history holds the given records. */
export function sweepDependencies(
  harness: PipelineHarness,
  history: EventHistory | readonly unknown[] = [],
  clock: Clock = harness.ports.clock,
): SweepDependencies {
  const { sweepProgress, undelivered, sweepLease } = harness.storesAt(clock);
  return {
    ...harness.ports,
    clock,
    history: 'lookUp' in history ? history : allTimes(history),
    progress: sweepProgress,
    pause: async () => {},
    undelivered,
    listing: {
      functions: { page: async () => ({ functions: [], next: undefined }) },
      progress: { read: async () => undefined, write: async () => {} },
    },
    lease: sweepLease(randomUUID()),
  };
}

/** A history whose records are found whatever the window, because a harness's clock is today's. */
function allTimes(records: readonly unknown[]): EventHistory {
  return {
    lookUp: async ({ eventName }) => ({
      records: records.filter((record) => (record as { eventName?: unknown }).eventName === eventName),
      nextToken: undefined,
    }),
  };
}
