import type { Readable } from 'node:stream';
import { type Found, findFiles } from './find-files';
import { type LogSource, stdinSource } from './log-source';
import { type ProblemGroup, wholeFile } from './problems-of-file';
import { type ReadLimits, readSource, type SourceOptions, type SourcePart } from './read-source';
import { ReaderPool } from './reader-pool';
import { checkPrefixes } from './wanted-names';

export type { ReadLimits } from './read-source';

/** Input that could not be read. */
export interface ReadProblem extends ProblemGroup {
  readonly file: string;
}

/** A wanted record, and where it was found. */
export interface LoggedRecord {
  readonly record: unknown;
  readonly file: string;
  readonly place: string;
}

export interface ReadTotals {
  readonly files: number;
  /** Bytes as stored. */
  readonly bytes: number;
  /** CloudTrail records, wanted or not. */
  readonly records: number;
  /** Those of the records that were counted by their beginning, name and end, and not parsed. */
  readonly unchecked: number;
  /** Pieces of the input that could not be read as records. */
  readonly problems: number;
}

/** How far the caller has come: records that it took and asked beyond, files of which nothing is left. */
export interface ReadProgress {
  readonly files: number;
  readonly totalFiles: number;
  readonly records: number;
  /** Bytes as stored; 0 in all where that is not known. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Files of folders that were not read because of their names. */
export interface SkippedFiles {
  readonly count: number;
  /** The first of them. */
  readonly examples: readonly string[];
}

export interface ReadOptions {
  /** Records whose event names begin so are handed over; all are counted. Letters only; the empty text wants all. */
  readonly eventNamePrefixes: readonly string[];
  readonly onProblem: (problem: ReadProblem) => void;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Called once before the first file, where files were skipped. */
  readonly onSkipped?: ((skipped: SkippedFiles) => void) | undefined;
  readonly stdin?: Readable;
  /** Texts that are not files of this machine, read after those that are, and their bytes together. */
  readonly remote?: { readonly found: AsyncIterable<Found>; readonly bytes: number } | undefined;
  /** Called once all records of a text were taken and the next one is asked for. */
  readonly onFinished?: (name: string) => void;
  /** Threads that read files beside this one; 0, the default, reads in this one. Few small files are read in this one too. */
  readonly threads?: number;
  readonly limits?: Partial<ReadLimits>;
}

export const defaultReadLimits: ReadLimits = {
  maxExpandedBytes: 2_147_483_648,
  maxValueBytes: 33_554_432,
};

/** Below this, threads take longer to start than the files to read. */
const bytesWorthThreads = 2_097_152;

const maxExamples = 3;

/**
 * Reads CloudTrail logs from files and folders in order, in constant memory. What cannot be read is named and passed over. The files
 * are found, and the threads begin to read, at once: what the caller prepares meanwhile costs no time. The threads end with the
 * iteration, which therefore has to be begun.
 *
 * @throws {UnsearchablePrefixError} for an event name prefix that is not of letters
 */
export function readLogs(
  paths: readonly string[],
  options: ReadOptions,
): { readonly candidates: AsyncIterable<LoggedRecord>; readonly totals: () => ReadTotals } {
  checkPrefixes(options.eventNamePrefixes);
  const reading = new Reading(paths, options);
  return { candidates: reading.candidates(), totals: () => reading.totals };
}

class Reading {
  private files = 0;
  private totalFiles = 0;
  private bytes = 0;
  private totalBytes = 0;
  private records = 0;
  private unchecked = 0;
  private problems = 0;
  private readonly sourceOptions: SourceOptions;
  private readonly found: readonly Found[];
  private readonly pool: ReaderPool | undefined;

  constructor(
    paths: readonly string[],
    private readonly options: ReadOptions,
  ) {
    this.sourceOptions = {
      eventNamePrefixes: options.eventNamePrefixes,
      limits: { ...defaultReadLimits, ...options.limits },
    };
    this.found = paths.flatMap((path) => this.find(path));
    const sources = this.found.flatMap((each) => (each.kind === 'source' ? [each.source] : []));
    this.totalFiles = sources.length;
    this.totalBytes = sum(sources) + (options.remote?.bytes ?? 0);
    this.pool = this.poolFor(sources.filter(({ file }) => file !== undefined));
  }

  get totals(): ReadTotals {
    const { files, bytes, records, unchecked, problems } = this;
    return { files, bytes, records, unchecked, problems };
  }

  async *candidates(): AsyncGenerator<LoggedRecord> {
    try {
      this.reportSkipped();
      for await (const each of chained(this.found, this.options.remote?.found)) yield* this.read(each);
    } finally {
      await this.pool?.close();
    }
  }

  private find(path: string): readonly Found[] {
    if (path !== '-') return [...findFiles(path)];
    return [{ kind: 'source', source: stdinSource(this.options.stdin ?? process.stdin) }];
  }

  private reportSkipped(): void {
    const skipped = this.found.flatMap((each) => (each.kind === 'skipped' ? [each.file] : []));
    if (skipped.length === 0) return;
    this.options.onSkipped?.({ count: skipped.length, examples: skipped.slice(0, maxExamples) });
  }

  private poolFor(files: readonly LogSource[]): ReaderPool | undefined {
    const threads = Math.min(this.options.threads ?? 0, files.length);
    if (threads === 0 || sum(files) < bytesWorthThreads) return undefined;
    return new ReaderPool(threads, files, this.sourceOptions);
  }

  private async *read(found: Found): AsyncGenerator<LoggedRecord> {
    if (found.kind === 'problem')
      this.report(found.file, { place: wholeFile, reason: found.reason, count: 1 });
    if (found.kind !== 'source') return;
    const { source } = found;
    const pool = source.file === undefined ? undefined : this.pool;
    const parts = pool?.next() ?? readSource(source, this.sourceOptions);
    yield* this.take(source.name, parts);
    this.files++;
    this.reportProgress();
    this.options.onFinished?.(source.name);
  }

  private async *take(file: string, parts: AsyncIterable<SourcePart>): AsyncGenerator<LoggedRecord> {
    const before = this.bytes;
    let read = 0;
    for await (const part of parts) {
      const bytes = Math.max(0, part.bytesRead - read);
      for (const [index, { record, place }] of part.found.entries()) {
        yield { record, place, file };
        this.bytes = before + read + Math.floor((bytes * (index + 1)) / part.found.length);
        this.reportProgress();
      }
      this.records += part.records;
      this.unchecked += part.unchecked;
      read += bytes;
      this.bytes = before + read;
      for (const problem of part.problems) this.report(file, problem);
      this.reportProgress();
    }
  }

  private report(file: string, problem: ProblemGroup): void {
    this.problems += problem.count;
    this.options.onProblem({ file, ...problem });
  }

  private reportProgress(): void {
    const { files, totalFiles, records, bytes, totalBytes } = this;
    this.options.onProgress?.({ files, totalFiles, records, bytes, totalBytes });
  }
}

function sum(sources: readonly LogSource[]): number {
  return sources.reduce((total, { bytes }) => total + bytes, 0);
}

async function* chained(
  local: readonly Found[],
  remote: AsyncIterable<Found> | undefined,
): AsyncGenerator<Found> {
  yield* local;
  if (remote !== undefined) yield* remote;
}
