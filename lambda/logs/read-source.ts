import { LogChunks } from './log-chunks';
import type { LogSource } from './log-source';
import { type ProblemGroup, ProblemsOfFile } from './problems-of-file';
import { reasonOf } from './reasons';
import { RecordSplitter } from './record-splitter';
import type { SplitResult } from './split-results';
import { WantedNames } from './wanted-names';
import { readWhole } from './whole-file';

export interface ReadLimits {
  /** Of one gzip file, decompressed. The largest log that CloudTrail writes is some 50 MB. */
  readonly maxExpandedBytes: number;
  /** Of one record. CloudTrail's are at most 256 KB, 1 MB in CloudTrail Lake. */
  readonly maxValueBytes: number;
}

export interface SourceOptions {
  readonly eventNamePrefixes: readonly string[];
  readonly limits: ReadLimits;
}

/** A wanted record and where it begins in its file. */
export interface FoundRecord {
  readonly record: unknown;
  readonly place: string;
}

/** What a stretch of a source holds; counts are of the stretch. */
export interface SourcePart {
  readonly found: readonly FoundRecord[];
  readonly records: number;
  readonly unchecked: number;
  /** Bytes as stored, from the beginning of the source to the end of the stretch. */
  readonly bytesRead: number;
  /** All problems of the source, in its last part. */
  readonly problems: readonly ProblemGroup[];
}

/** A text is split in pieces of this size, so that what is found in it is handed over bit by bit. */
const pieceBytes = 1_048_576;

/** Shorter texts are parsed whole: that takes a few milliseconds, and checks every record. */
const smallTextBytes = 65_536;

/** Found records of a file that are handed over at once, at the latest with its end. */
const maxFound = 64;

/** Bytes of text after which a part is handed over although it has no found record. */
const quietBytes = 33_554_432;

/**
 * Reads one source: a small file at once, any other as a stream. Hands over parts that are bounded in size, so that a source of any
 * length is read in constant memory.
 */
export async function* readSource(source: LogSource, options: SourceOptions): AsyncGenerator<SourcePart> {
  const whole = readWhole(source, options.limits.maxExpandedBytes);
  if (whole !== undefined) yield* new SourceReading(source, options).readText(whole);
  else yield* new SourceReading(source, options).readStream();
}

class SourceReading {
  private readonly problems = new ProblemsOfFile();
  private found: FoundRecord[] = [];
  private given = { records: 0, unchecked: 0 };
  private quiet = 0;

  constructor(
    private readonly source: LogSource,
    private readonly options: SourceOptions,
  ) {}

  async *readText(text: Buffer): AsyncGenerator<SourcePart> {
    const splitter = this.splitter(text.length <= smallTextBytes ? Number.POSITIVE_INFINITY : 0);
    for (let at = 0; at < text.length; at += pieceBytes) {
      this.add(splitter.take(text.subarray(at, at + pieceBytes)));
      const share = Math.min(1, (at + pieceBytes) / text.length);
      if (this.found.length >= maxFound) yield this.part(splitter, Math.floor(this.source.bytes * share));
    }
    this.add(splitter.finish(false));
    yield this.lastPart(splitter, this.source.bytes);
  }

  /** A record is handed over with the chunk that ends it, because the next chunk of a pipe may take long to come. */
  async *readStream(): AsyncGenerator<SourcePart> {
    const splitter = this.splitter(smallTextBytes);
    const log = new LogChunks(this.source, this.options.limits.maxExpandedBytes);
    let failure: unknown;
    try {
      for await (const chunk of log.chunks()) {
        this.add(splitter.take(chunk));
        this.quiet += chunk.length;
        if (this.found.length > 0 || this.quiet >= quietBytes) yield this.part(splitter, log.bytesRead);
      }
    } catch (error) {
      failure = error;
    }
    this.add(splitter.finish(failure !== undefined));
    if (failure !== undefined) this.problems.add(`after ${splitter.records} records`, reasonOf(failure));
    yield this.lastPart(splitter, Math.max(this.source.bytes, log.bytesRead));
  }

  private splitter(parseUntil: number): RecordSplitter {
    const { eventNamePrefixes, limits } = this.options;
    const wanted = new WantedNames(eventNamePrefixes);
    return new RecordSplitter({ wanted, maxValueBytes: limits.maxValueBytes, parseUntil });
  }

  private add(results: readonly SplitResult[]): void {
    for (const result of results)
      if (result.kind === 'record') this.found.push({ record: result.record, place: result.place });
      else this.problems.add(result.place, result.reason);
  }

  private lastPart(splitter: RecordSplitter, bytesRead: number): SourcePart {
    const isLost = splitter.records === 0 && this.problems.count === 1 && splitter.skippedValues === 1;
    const problems = this.problems.grouped();
    return {
      ...this.part(splitter, bytesRead),
      problems: isLost
        ? problems.map((each) => ({ ...each, reason: `${each.reason}; the whole file was skipped` }))
        : problems,
    };
  }

  private part({ records, unchecked }: RecordSplitter, bytesRead: number): SourcePart {
    const { found, given } = this;
    this.found = [];
    this.given = { records, unchecked };
    this.quiet = 0;
    return {
      found,
      records: records - given.records,
      unchecked: unchecked - given.unchecked,
      bytesRead,
      problems: [],
    };
  }
}
