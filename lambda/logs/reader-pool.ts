import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LogSource } from './log-source';
import { wholeFile } from './problems-of-file';
import { readSource, type SourceOptions, type SourcePart } from './read-source';
import type { FromWorker, ToWorker } from './read-worker';
import { reasonOf } from './reasons';

/** Files that a worker has before it, so that it never waits for the next one. */
const maxAssigned = 4;

/** Files that may be read before the caller asks for them: what is known of each is small, but it is kept. */
const maxAhead = 1_024;

/** Parts of one file as a worker sends them, until they are asked for. */
class FileParts {
  private readonly waiting: SourcePart[] = [];
  private isEnded = false;
  private wake: () => void = () => undefined;

  add(part: SourcePart): void {
    this.waiting.push(part);
    this.wake();
  }

  end(): void {
    this.isEnded = true;
    this.wake();
  }

  async *parts(onTaken: (part: SourcePart) => void): AsyncGenerator<SourcePart> {
    for (;;) {
      const part = this.waiting.shift();
      if (part !== undefined) {
        yield part;
        onTaken(part);
      } else if (this.isEnded) return;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }
}

interface Reader {
  readonly worker: Worker;
  readonly assigned: Set<number>;
}

/**
 * Reads files in several threads and hands over their parts in the order of the files.
 *
 *     files     0 1 2 3 4 5 ...        each to the worker with the fewest before it
 *     worker A  0   2   4              reads in order; rests while 4 of its parts with records wait to be taken
 *     worker B    1   3   5
 *     caller    0 1 2 ...              takes all parts of one file, then those of the next
 *
 * Invariant: the file that the caller waits for is the first that its worker has not finished, so it is never behind parts
 * that nobody takes.
 */
export class ReaderPool {
  private readonly readers: Set<Reader>;
  private readonly byIndex = new Map<number, FileParts>();
  private readonly readerOf = new Map<number, Reader>();
  private assigned = 0;
  private askedFor = 0;

  constructor(
    threads: number,
    private readonly files: readonly LogSource[],
    private readonly options: SourceOptions,
  ) {
    this.readers = new Set(Array.from({ length: threads }, () => this.start()));
    this.assign();
  }

  /** Parts of the next file. */
  async *next(): AsyncGenerator<SourcePart> {
    const index = this.askedFor++;
    this.assign();
    const reader = this.readerOf.get(index);
    if (reader === undefined) yield* this.readHere(index);
    else
      yield* this.partsOf(index).parts((part) => {
        if (part.found.length > 0) send(reader, { kind: 'taken' });
      });
    this.byIndex.delete(index);
    this.readerOf.delete(index);
  }

  /**
   * Stops the threads and waits for their ends. A thread ends by itself: Node.js 24 aborts the process where one is terminated
   * while it opens a gzip stream (`close before init`).
   */
  async close(): Promise<void> {
    await Promise.all([...this.readers].map(end));
  }

  private start(): Reader {
    const worker = new Worker(workerFile(), { workerData: this.options, execArgv: execArgv() });
    const reader: Reader = { worker, assigned: new Set() };
    worker.on('message', (message: FromWorker) => this.receive(reader, message));
    worker.on('error', (error) => this.abandon(reader, reasonOf(error)));
    worker.on('exit', (code) => this.abandon(reader, `it exited with ${code}`));
    return reader;
  }

  private receive(reader: Reader, message: FromWorker): void {
    if (message.kind === 'part') {
      this.partsOf(message.index).add(message.part);
      return;
    }
    reader.assigned.delete(message.index);
    this.partsOf(message.index).end();
    this.assign();
  }

  private assign(): void {
    for (let reader = this.idlest(); reader !== undefined; reader = this.idlest()) {
      const source = this.files[this.assigned];
      if (source?.file === undefined || this.assigned > this.askedFor + maxAhead) return;
      const index = this.assigned++;
      reader.assigned.add(index);
      this.readerOf.set(index, reader);
      send(reader, { kind: 'read', request: { index, file: source.file, bytes: source.bytes } });
    }
  }

  private idlest(): Reader | undefined {
    const free = [...this.readers].filter(({ assigned }) => assigned.size < maxAssigned);
    return free.sort((a, b) => a.assigned.size - b.assigned.size)[0];
  }

  private partsOf(index: number): FileParts {
    const known = this.byIndex.get(index);
    if (known !== undefined) return known;
    const parts = new FileParts();
    this.byIndex.set(index, parts);
    return parts;
  }

  /** No thread is left for it. */
  private async *readHere(index: number): AsyncGenerator<SourcePart> {
    this.assigned = Math.max(this.assigned, index + 1);
    const source = this.files[index];
    if (source !== undefined) yield* readSource(source, this.options);
  }

  /** A thread that ended takes its files with it: they are named, and the other threads read on. */
  private abandon(reader: Reader, reason: string): void {
    this.readers.delete(reader);
    for (const index of reader.assigned) {
      const problem = { place: wholeFile, reason: `the thread that reads it failed: ${reason}`, count: 1 };
      this.partsOf(index).add({ found: [], records: 0, unchecked: 0, bytesRead: 0, problems: [problem] });
      this.partsOf(index).end();
    }
    reader.assigned.clear();
  }
}

function end(reader: Reader): Promise<void> {
  return new Promise((resolve) => {
    reader.worker.once('exit', () => resolve());
    send(reader, { kind: 'stop' });
  });
}

function send({ worker }: Reader, message: ToWorker): void {
  worker.postMessage(message);
}

/** A checkout runs its sources, the published package what was compiled of them. */
function workerFile(): string {
  return join(__dirname, `read-worker${extname(__filename)}`);
}

function execArgv(): string[] {
  return extname(__filename) === '.ts' ? ['--require', createRequire(__filename).resolve('tsx/cjs')] : [];
}
