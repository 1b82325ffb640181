import { type JsonListener, JsonScanner } from './json-scanner';
import { LinePosition } from './line-position';
import { readLogEntry, wrapperKeys } from './log-entry';
import { maxWrappers, type OpenObject, OpenValues } from './open-values';
import { wholeFile } from './problems-of-file';
import { RecordSkipper } from './record-skipper';
import { Recovery } from './recovery';
import { type SplitResult, SplitResults } from './split-results';
import type { WantedNames } from './wanted-names';

export interface SplitterOptions {
  /** Records whose event names begin so are handed over, parsed; the others are counted. */
  readonly wanted: WantedNames;
  /** A value with more bytes is named and skipped. */
  readonly maxValueBytes: number;
  /** Records that begin before this offset are parsed, whatever they look like. */
  readonly parseUntil: number;
}

/** Keys that an object has only if it is, or carries, a record. */
const recordKeys: ReadonlySet<string> = new Set(['eventName', 'detail', 'CloudTrailEvent']);

/** A longer key is none that matters, even with all its letters escaped. */
const longestKey = 6 * 'CloudTrailEvent'.length;

/**
 * Splits JSON text, handed over in chunks, into CloudTrail records: `{"Records":[...]}`, arrays, single records, NDJSON,
 * values after each other without separators, and the output of LookupEvents. Holds one record at a time.
 *
 *     scan one record -> skip those that look like it -> scan the next one -> ...
 *                        (RecordSkipper, native speed)    (JsonScanner, byte by byte)
 *
 * The scanner finds where a value ends, and JSON.parse reads it. After each value the skipper takes over, and gives back at the
 * first byte of what it does not understand. After a piece that is no JSON the scan resumes at the next line or record.
 */
export class RecordSplitter implements JsonListener {
  private readonly results: SplitResults;
  private readonly position = new LinePosition();
  private readonly scanner = new JsonScanner(this, this.position);
  private readonly skipper: RecordSkipper;
  private readonly open: OpenValues;
  private chunk: Buffer = Buffer.alloc(0);
  private chunkStart = 0;
  private readonly recovery = new Recovery();
  private hasValues = false;
  /** End of the value before, where nothing but a joiner is between it and the next one. */
  private endBefore = -1;

  constructor(private readonly options: SplitterOptions) {
    this.results = new SplitResults(options.wanted);
    this.skipper = new RecordSkipper(options.wanted, options.maxValueBytes);
    this.open = new OpenValues(this.results, options.maxValueBytes);
  }

  get records(): number {
    return this.results.records;
  }

  get unchecked(): number {
    return this.results.unchecked;
  }

  get skippedValues(): number {
    return this.results.skippedValues;
  }

  /** Takes the next chunk and answers with the results that are certain by its end. */
  take(next: Buffer): readonly SplitResult[] {
    this.chunk = this.recovery.join(next);
    this.scanner.beginChunk(this.chunkStart);
    this.skipper.beginChunk(this.chunk);
    this.open.beginChunk(this.chunk, this.chunkStart);
    this.walk();
    this.open.endChunk();
    this.chunkStart += this.chunk.length - this.recovery.heldBackBytes;
    return this.results.takeUntil(this.open.undecidedSince());
  }

  /** To be called after the last chunk; that a text was cut off before its end is the caller's to report. */
  finish(isCutOff: boolean): readonly SplitResult[] {
    this.scanner.beginChunk(this.chunkStart);
    const broken = this.scanner.finish();
    if (!isCutOff) this.endText(broken);
    return this.results.takeUntil(undefined);
  }

  opened(level: number, isArray: boolean, at: number): void {
    this.hasValues = true;
    if (level === this.open.level && isArray) this.beginList(level, at);
    else if (level === this.open.level)
      this.open.begin(this.chunk, this.chunkStart, at, this.position.placeOf(at));
    else if (isArray && this.open.object?.lastKeyWraps && !this.open.isFull) this.enterList(level);
  }

  closed(level: number, at: number): void {
    if (this.open.isWithinWrapper && level === this.open.level - 1) {
      this.open.leaveList();
      this.scanner.reportLevel = this.open.level + 1;
      this.endBefore = -1;
    }
    const { object } = this.open;
    if (level === this.open.level && object !== undefined) this.endObject(object, at + 1);
  }

  key(level: number, start: number, end: number): void {
    const { object } = this.open;
    if (object === undefined || level !== this.open.level + 1) return;
    object.lastKeyWraps = false;
    if (end - start > longestKey) return;
    const key = unescaped(object.text.between(start, end));
    object.lastKeyWraps = wrapperKeys.has(key);
    object.mayBeRecord ||= recordKeys.has(key);
  }

  scalar(level: number, at: number): void {
    this.hasValues = true;
    if (level !== this.open.level) return;
    this.endBefore = -1;
    this.results.addProblem(this.position.placeOf(at), 'is a single value, not a record');
  }

  private readonly onLine = (start: number): void => this.position.newline(this.chunkStart + start);

  private walk(): void {
    let index = this.recovery.resume(this.chunk, this.onLine);
    while (index < this.chunk.length) {
      index = this.scanner.scan(this.chunk, index);
      const { broken } = this.scanner;
      if (broken !== undefined) index = this.isStray(index) ? index + 1 : this.afterBroken(index, broken);
      else if (index < this.chunk.length && this.canSkip()) index = this.skip(index);
    }
  }

  /** After a broken piece, records of a list are met outside of it. */
  private canSkip(): boolean {
    const isList = this.open.isWithinWrapper;
    return this.skipper.knows(isList ? 'list' : 'values') || (!isList && this.recovery.isDamaged);
  }

  private skip(from: number): number {
    let counted = from;
    const countLines = (to: number) => {
      this.position.passOver(this.chunk, counted, to, this.chunkStart);
      counted = to;
    };
    const end = this.skipper.passOver(
      from,
      this.options.parseUntil - this.chunkStart,
      ({ record, eventName }, start) => {
        if (this.options.wanted.includes(eventName)) {
          countLines(start);
          this.results.addWanted(record, this.position.placeOf(this.chunkStart + start));
        } else this.results.records++;
      },
    );
    countLines(end);
    this.results.records += this.skipper.unchecked;
    this.results.unchecked += this.skipper.unchecked;
    this.skipper.unchecked = 0;
    this.endBefore = this.chunkStart + end;
    return end;
  }

  private beginList(level: number, at: number): void {
    this.endBefore = -1;
    if (this.open.isFull)
      this.results.addProblem(
        this.position.placeOf(at),
        `is a list in ${maxWrappers} other lists; it is not read`,
      );
    else this.enterList(level);
  }

  private enterList(level: number): void {
    this.open.enterList(level + 1);
    this.scanner.reportLevel = this.open.level + 1;
    this.endBefore = -1;
  }

  private endObject(object: OpenObject, end: number): void {
    this.open.object = undefined;
    object.text.limit(end);
    if (object.mark === undefined) this.endSingle(object, end);
    else if (object.mayBeRecord) this.endWrapper(object, end);
    if (this.endBefore >= this.chunkStart && object.mark === undefined)
      this.skipper.learn(this.endBefore - this.chunkStart, object.text.start - this.chunkStart);
    this.endBefore = end;
    this.scanner.pause();
  }

  private endSingle({ text, place }: OpenObject, end: number): void {
    if (text.isTooLarge) this.results.addSkipped(place, `is larger than ${this.options.maxValueBytes} bytes`);
    else this.results.addValue(parse(text.upTo(end)), place);
  }

  /** A list of records was read; the object around it may be a record all the same. */
  private endWrapper({ text, place, mark }: OpenObject, end: number): void {
    if (mark === undefined) return;
    if (text.isTooLarge) {
      this.results.addProblem(place, 'has a list of records, which was read, and a key of a record');
      return;
    }
    const value = parse(text.upTo(end));
    if (readLogEntry(value).kind !== 'record') return;
    this.results.dropSince(mark);
    this.results.addValue(value, place);
  }

  private isStray(index: number): boolean {
    return this.scanner.isBetweenValues && this.recovery.isStray(this.chunk[index]);
  }

  private afterBroken(index: number, reason: string): number {
    const at = this.chunkStart + index;
    this.results.addProblem(this.position.placeOf(at) + this.recordWords(), reason);
    const atLineStart = this.position.isFirstOfLine(at);
    this.scanner.restart();
    this.open.forget();
    this.scanner.reportLevel = 1;
    this.endBefore = -1;
    return this.recovery.recover(this.chunk, index, atLineStart, this.onLine);
  }

  /** Which record a problem is in, where that began on another line. */
  private recordWords(): string {
    const line = this.open.object?.place.split(',', 1)[0];
    return line === undefined || line === `line ${this.position.line}` ? '' : `, in the record from ${line}`;
  }

  private endText(broken: string | undefined): void {
    const place = this.open.object?.place ?? `line ${this.position.line}`;
    if (broken !== undefined) this.results.addProblem(place, broken);
    else if (!this.scanner.isBetweenValues)
      this.results.addProblem(place, 'the text ends in the middle of a value');
    else if (!this.hasValues && !this.recovery.isDamaged)
      this.results.addProblem(wholeFile, 'has nothing in it');
  }
}

/** The scanner has checked its grammar. */
function parse(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString()) as unknown;
}

function unescaped(key: string): string {
  return key.includes('\\') ? (JSON.parse(`"${key}"`) as string) : key;
}
