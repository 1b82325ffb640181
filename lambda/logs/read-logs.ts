import type { Readable } from 'node:stream';
import { type Found, findFiles } from './find-files';
import { type LogChunks, openLog } from './log-chunks';
import { type LogSource, stdinSource } from './log-source';
import { countWithoutNeedles } from './prefilter';
import { reasonOf } from './reasons';
import { RecordSplitter } from './record-splitter';

/** A piece of input that could not be read. */
export interface ReadProblem {
  readonly file: string;
  /** Where in the file, in words. */
  readonly place: string;
  readonly reason: string;
}

/** A record that may match, and where it was found. */
export interface LoggedRecord {
  readonly record: unknown;
  readonly file: string;
  readonly place: string;
}

export interface ReadTotals {
  readonly files: number;
  /** Bytes as stored. */
  readonly bytes: number;
  readonly records: number;
  readonly problems: number;
}

export interface ReadOptions {
  /** Only records that contain one of these texts are handed over; all are counted. */
  readonly prefilterTerms: readonly string[];
  readonly onProblem: (problem: ReadProblem) => void;
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  readonly stdin?: Readable;
  /** Texts that are not files of this machine, read after those that are, and their bytes together. */
  readonly remote?: { readonly found: AsyncIterable<Found>; readonly bytes: number } | undefined;
  /** Called once all records of a text were taken and the next one is asked for. */
  readonly onFinished?: (name: string) => void;
  readonly limits?: Partial<ReadLimits>;
}

export interface ReadLimits {
  /** Of one gzip file, decompressed. The largest log that CloudTrail writes is some 50 MB. */
  readonly maxExpandedBytes: number;
  /** Of one record. CloudTrail's are at most 256 KB, 1 MB in CloudTrail Lake. */
  readonly maxValueBytes: number;
}

export const defaultReadLimits: ReadLimits = {
  maxExpandedBytes: 2_147_483_648,
  maxValueBytes: 33_554_432,
};

/** More places of one file are counted and not told one by one. */
const maxProblemsReportedPerFile = 20;

/** Files that are decompressed in the background, on the other cores, while one is read. */
const filesAhead = 3;

/**
 * Reads CloudTrail logs from files and folders in order, in constant memory. What cannot be read is told and passed over.
 */
export function readLogs(
  paths: readonly string[],
  options: ReadOptions,
): { readonly candidates: AsyncIterable<LoggedRecord>; readonly totals: () => ReadTotals } {
  const reading = new Reading(options);
  return { candidates: reading.candidates(paths), totals: () => reading.totals };
}

interface Prefetched {
  readonly found: Found;
  readonly look: Promise<QuickCount | undefined>;
}

interface QuickCount {
  readonly records: number;
  readonly bytes: number;
}

class Reading {
  private files = 0;
  private bytes = 0;
  private totalBytes = 0;
  private records = 0;
  private problems = 0;
  private readonly limits: ReadLimits;

  constructor(private readonly options: ReadOptions) {
    this.limits = { ...defaultReadLimits, ...options.limits };
  }

  get totals(): ReadTotals {
    const { files, bytes, records, problems } = this;
    return { files, bytes, records, problems };
  }

  async *candidates(paths: readonly string[]): AsyncGenerator<LoggedRecord> {
    const local = paths.flatMap((path) => this.find(path));
    this.totalBytes = local.reduce((sum, each) => sum + (each.kind === 'source' ? each.source.bytes : 0), 0);
    const remote = this.options.remote;
    this.totalBytes += remote?.bytes ?? 0;
    for await (const { found, look } of this.lookingAhead(chained(local, remote?.found))) {
      const count = await look;
      if (found.kind === 'problem') this.tellUnreadable(found.file, found.reason);
      else if (count === undefined) yield* this.read(found.source);
      else this.add(count);
      if (found.kind === 'source') this.options.onFinished?.(found.source.name);
    }
  }

  /** Each with the look at it, which was begun while those before it were read. */
  private async *lookingAhead(found: AsyncIterable<Found>): AsyncGenerator<Prefetched> {
    const ahead: Prefetched[] = [];
    for await (const each of found) {
      ahead.push({ found: each, look: this.prefilter(each) });
      if (ahead.length > filesAhead) yield* ahead.splice(0, 1);
    }
    yield* ahead;
  }

  private find(path: string): readonly Found[] {
    if (path !== '-') return [...findFiles(path)];
    return [{ kind: 'source', source: stdinSource(this.options.stdin ?? process.stdin) }];
  }

  /** Most texts hold no match; to see that takes a fraction of the time that reading them does. */
  private async prefilter(found: Found): Promise<QuickCount | undefined> {
    if (found.kind === 'problem' || !found.source.canLookAhead) return undefined;
    const log = this.open(found.source);
    try {
      const records = await countWithoutNeedles(log.chunks, this.options.prefilterTerms);
      return records === undefined ? undefined : { records, bytes: found.source.bytes };
    } catch {
      // Whatever it is, reading the text meets it again and names it.
      return undefined;
    }
  }

  private open(source: LogSource): LogChunks {
    return openLog(source, this.limits.maxExpandedBytes);
  }

  private add({ records, bytes }: QuickCount): void {
    this.files++;
    this.records += records;
    this.bytes += bytes;
    this.options.onProgress?.(this.bytes, this.totalBytes);
  }

  private tellUnreadable(file: string, reason: string): void {
    this.problems++;
    this.options.onProblem({ file, place: 'whole', reason });
  }

  private async *read(source: LogSource): AsyncGenerator<LoggedRecord> {
    const log = this.open(source);
    const { name } = source;
    const problems = new ProblemsOfFile((place, reason) =>
      this.options.onProblem({ file: name, place, reason }),
    );
    const splitter = new RecordSplitter({
      prefilterTerms: this.options.prefilterTerms,
      maxValueBytes: this.limits.maxValueBytes,
      onProblem: (place, reason) => problems.add(place, reason),
    });
    const failure = yield* this.split(name, log, splitter);
    splitter.finish(failure !== undefined);
    if (failure !== undefined) problems.add(`after ${splitter.records} records`, reasonOf(failure));
    this.problems += problems.finish();
    this.add({ records: splitter.records, bytes: Math.max(source.bytes, log.bytesRead()) });
  }

  /** Answers with what ended the reading before the end. */
  private async *split(
    file: string,
    log: LogChunks,
    splitter: RecordSplitter,
  ): AsyncGenerator<LoggedRecord, unknown> {
    try {
      for await (const chunk of log.chunks) {
        for (const candidate of splitter.take(chunk)) yield { ...candidate, file };
        this.options.onProgress?.(this.bytes + log.bytesRead(), this.totalBytes);
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

async function* chained(
  local: readonly Found[],
  remote: AsyncIterable<Found> | undefined,
): AsyncGenerator<Found> {
  yield* local;
  if (remote !== undefined) yield* remote;
}

/** Tells the first problems of a file and counts the others. */
class ProblemsOfFile {
  private count = 0;

  constructor(private readonly tell: (place: string, reason: string) => void) {}

  add(place: string, reason: string): void {
    this.count++;
    if (this.count <= maxProblemsReportedPerFile) this.tell(place, reason);
  }

  /** Answers with the number of problems. */
  finish(): number {
    const untold = this.count - maxProblemsReportedPerFile;
    if (untold > 0) this.tell('further on', `${untold} more places that could not be read`);
    return this.count;
  }
}
