import type { FaultKind } from '../scenario';

export type Service = 'DynamoDB' | 'SNS' | 'CloudTrail' | 'Lambda' | 'exporter';

/** One request of one worker, as it came to the service. */
export interface RequestEntry {
  readonly kind: 'request';
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly container: string;
  readonly invocation: string;
  /** Name of the request, by which a fault is left out. */
  readonly name: string;
  readonly service: Service;
  readonly operation: string;
  readonly body: string;
  readonly fault: FaultKind | 'outage' | undefined;
  /** Whether the service carried it out. */
  readonly executed: boolean;
  /** Status of the answer, received or not. */
  readonly status: number | undefined;
}

export interface NoteEntry {
  readonly kind: 'note';
  readonly time: number;
  readonly text: string;
}

/** What happened, step by step. */
export class Journal {
  readonly entries: (RequestEntry | NoteEntry)[] = [];

  add(entry: RequestEntry): void {
    this.entries.push(entry);
  }

  note(time: number, text: string): void {
    this.entries.push({ kind: 'note', time, text });
  }

  get requests(): readonly RequestEntry[] {
    return this.entries.filter((entry) => entry.kind === 'request');
  }
}
