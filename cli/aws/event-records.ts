import { setTimeout as sleep } from 'node:timers/promises';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudTrailEventHistory } from '../../lambda/aws/cloudtrail-event-history';
import type { EventHistory } from '../../lambda/sweep/ports';

/** LookupEvents takes two requests a second in an account and region (CloudTrail quotas); the sweep takes its share. */
const pauseMilliseconds = 600;

/** A network that drops packets must not keep a person waiting. */
const connectionTimeoutMilliseconds = 5_000;

export interface EventSpan {
  readonly eventNames: readonly string[];
  readonly from: Date;
  readonly to: Date;
  /** Pages of 50 records that are read of each name, the newest first. */
  readonly maxPages: number;
  /** Ends the reading behind the page that is on its way. */
  readonly signal: AbortSignal;
}

/** One page of the event history. */
export interface EventPage {
  readonly eventName: string;
  readonly records: readonly unknown[];
  /** Whether older records of this name are left unread. */
  readonly isCutOff: boolean;
}

export function openEventHistory(): EventHistory {
  const requestHandler = { connectionTimeout: connectionTimeoutMilliseconds };
  return new CloudTrailEventHistory(new CloudTrailClient({ requestHandler }));
}

/** The event history of a span of time, name by name, each with the newest records first. */
export async function* eventPages(history: EventHistory, span: EventSpan): AsyncIterable<EventPage> {
  for (const eventName of span.eventNames) {
    let nextToken: string | undefined;
    for (let page = 1; page <= span.maxPages; page++) {
      if (span.signal.aborted) return;
      const found = await history.lookUp({ eventName, from: span.from, to: span.to, nextToken });
      nextToken = found.nextToken;
      yield {
        eventName,
        records: found.records,
        isCutOff: page === span.maxPages && nextToken !== undefined,
      };
      if (nextToken === undefined) break;
      await sleep(pauseMilliseconds, undefined, { signal: span.signal }).catch(() => {});
    }
  }
}
