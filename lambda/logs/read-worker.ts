import { parentPort, workerData } from 'node:worker_threads';
import { fileSource } from './log-source';
import { readSource, type SourceOptions, type SourcePart } from './read-source';

/** A file to read next. */
export interface ReadRequest {
  readonly index: number;
  readonly file: string;
  readonly bytes: number;
}

/** To the worker: another file, that a part with records was taken, or that nothing more is wanted. */
export type ToWorker =
  | { readonly kind: 'read'; readonly request: ReadRequest }
  | { readonly kind: 'taken' }
  | { readonly kind: 'stop' };

/** From the worker: parts of a file in their order, then its end. */
export type FromWorker =
  | { readonly kind: 'part'; readonly index: number; readonly part: SourcePart }
  | { readonly kind: 'end'; readonly index: number };

/** Parts with records that wait to be taken; the worker rests until one is. */
const maxWaitingParts = 4;

/** Reads the files that it is sent, one after the other, in a thread of its own. */
class ReadWorker {
  private readonly requests: ReadRequest[] = [];
  private waitingParts = 0;
  private isStopped = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly options: SourceOptions,
    private readonly send: (message: FromWorker) => void,
  ) {}

  receive(message: ToWorker): void {
    switch (message.kind) {
      case 'read':
        this.requests.push(message.request);
        break;
      case 'taken':
        this.waitingParts--;
        break;
      case 'stop':
        this.isStopped = true;
        break;
    }
    this.wake();
  }

  /** Returns once it is stopped, with its files closed. */
  async run(): Promise<void> {
    while (!this.isStopped) {
      const request = this.requests.shift();
      if (request === undefined) await this.message();
      else await this.read(request);
    }
  }

  private async read({ index, file, bytes }: ReadRequest): Promise<void> {
    for await (const part of readSource(fileSource(file, bytes), this.options)) {
      if (part.found.length > 0) this.waitingParts++;
      this.send({ kind: 'part', index, part });
      while (this.waitingParts >= maxWaitingParts && !this.isStopped) await this.message();
      if (this.isStopped) return;
    }
    this.send({ kind: 'end', index });
  }

  private message(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const worker = new ReadWorker(workerData as SourceOptions, (message) => port.postMessage(message));
  port.on('message', (message: ToWorker) => worker.receive(message));
  void worker.run().then(() => port.close());
}
