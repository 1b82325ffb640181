import { type JsonListener, JsonScanner } from './json-scanner';
import { NeedleSearch } from './needle-search';
import { findResumption, type Resumption } from './recovery';

/** A record whose bytes say that it may match, parsed. */
export interface Candidate {
  readonly record: unknown;
  /** Where it begins in its file, in words. */
  readonly place: string;
}

export interface SplitterOptions {
  /** A record without any of these texts is counted and not parsed. */
  readonly needles: readonly string[];
  /** A value with more bytes is named and skipped. */
  readonly maximumValueBytes: number;
  readonly onProblem: (place: string, reason: string) => void;
}

/** Every CloudTrail record has this key; an object without it is handed over, to be refused with a reason. */
const recordKey = 'eventName';

/** Arrays under these keys of an object that is no record hold the records: log files, and LookupEvents. */
const wrapperKeys: ReadonlySet<string> = new Set(['Records', 'Events']);

/** What a broken piece leaves between the values after it. */
const strayBytes = Buffer.from(',]}');

/** A list of log files is the deepest that anybody makes. */
const maximumWrappers = 4;

/**
 * Splits JSON text, handed over in chunks, into CloudTrail records: `{"Records":[...]}`, arrays, single records, NDJSON,
 * values after each other without separators, and the output of LookupEvents. Holds one record at a time. After a piece
 * that is no JSON it goes on at the next line or record.
 */
export class RecordSplitter implements JsonListener {
  records = 0;
  private readonly scanner = new JsonScanner(this);
  private readonly searches: readonly NeedleSearch[];
  private chunk: Buffer = Buffer.alloc(0);
  private chunkStart = 0;
  private found: Candidate[] = [];
  private hasValues = false;
  /** After a broken piece, commas and brackets that belonged to it are passed over. */
  private isDamaged = false;
  private recovering: Extract<Resumption, { kind: 'wait' }> | undefined;
  private heldBack: Buffer = Buffer.alloc(0);
  private carried: Buffer[] = [];
  private recordStart = -1;
  private recordPlace = '';
  private isTooLarge = false;
  private hasEscapedLetter = false;
  private hasRecordKey = false;
  private lastKeyWraps = false;
  private elementLevel = 0;
  private readonly outerLevels: number[] = [];

  constructor(private readonly options: SplitterOptions) {
    this.searches = options.needles.map((needle) => new NeedleSearch(needle));
  }

  /** Takes the next chunk and answers with the candidates that end in it. */
  take(next: Buffer): readonly Candidate[] {
    this.chunk = this.heldBack.length === 0 ? next : Buffer.concat([this.heldBack, next]);
    this.heldBack = Buffer.alloc(0);
    this.scanner.beginChunk(this.chunkStart);
    for (const search of this.searches) search.beginChunk(this.chunk);
    this.walk();
    this.carry();
    this.chunkStart += this.chunk.length - this.heldBack.length;
    const { found } = this;
    this.found = [];
    return found;
  }

  /** To be called after the last chunk; a text that was cut off before its end is the caller's to tell. */
  finish(isCutOff: boolean): void {
    const reason = this.scanner.finish();
    if (isCutOff) return;
    if (reason !== undefined) this.problem(reason);
    else if (!this.scanner.isBetweenValues) this.problem('the text ends in the middle of a value');
    else if (!this.hasValues && !this.isDamaged) this.options.onProblem('whole', 'has nothing in it');
  }

  opened(level: number, isArray: boolean, at: number): void {
    this.hasValues = true;
    if (level === this.elementLevel && !isArray) this.beginRecord(at);
    const isWrapper = level === this.elementLevel || (this.lastKeyWraps && this.recordStart >= 0);
    if (isArray && isWrapper && this.outerLevels.length < maximumWrappers) this.enter(level + 1);
  }

  closed(level: number, at: number): void {
    if (this.outerLevels.length > 0 && level === this.elementLevel - 1) this.leave();
    else if (level === this.elementLevel && this.recordStart >= 0) this.endRecord(at + 1);
  }

  key(level: number, start: number, end: number): void {
    const length = end - start;
    if (length === recordKey.length && !this.hasRecordKey) this.hasRecordKey = this.isRecordKey(start, end);
    const mayWrap = length === 'Records'.length || length === 'Events'.length;
    this.lastKeyWraps =
      mayWrap && level === this.elementLevel + 1 && wrapperKeys.has(this.textAt(start, end));
  }

  scalar(level: number, at: number): void {
    this.hasValues = true;
    if (level !== this.elementLevel) return;
    this.options.onProblem(this.placeOf(at), 'is a single value, not a record');
  }

  escapedLetter(): void {
    this.hasEscapedLetter = true;
  }

  private walk(): void {
    let index = this.recovering === undefined ? 0 : this.recover(0, this.recovering.atLineStart);
    while (index < this.chunk.length) {
      const broken = this.scanner.scan(this.chunk, index);
      if (broken === undefined) return;
      index = this.isStray(broken.index) ? broken.index + 1 : this.afterBroken(broken.index, broken.reason);
    }
  }

  private isStray(index: number): boolean {
    if (!this.isDamaged || !this.scanner.isBetweenValues) return false;
    return strayBytes.includes(this.chunk[index] ?? 0);
  }

  private afterBroken(index: number, reason: string): number {
    const at = this.chunkStart + index;
    this.options.onProblem(this.placeOf(at) + this.recordWords(), reason);
    this.isDamaged = true;
    const atLineStart = this.scanner.isFirstOfLine(at);
    this.scanner.restart();
    this.forgetRecord();
    this.outerLevels.length = 0;
    this.setElementLevel(0);
    return this.recover(index, atLineStart);
  }

  private recover(from: number, atLineStart: boolean): number {
    const found = findResumption(this.chunk, from, atLineStart, (start) =>
      this.scanner.countLine(this.chunkStart + start),
    );
    this.recovering = found.kind === 'wait' ? found : undefined;
    if (found.kind === 'resume') return found.index;
    this.heldBack = this.chunk.subarray(found.index);
    return this.chunk.length;
  }

  /** Which record a problem is in, where that began on another line. */
  private recordWords(): string {
    const line = this.recordPlace.split(',', 1)[0];
    return this.recordStart < 0 || line === `line ${this.scanner.line}` ? '' : `, in the record from ${line}`;
  }

  private beginRecord(at: number): void {
    this.recordStart = at;
    this.recordPlace = this.placeOf(at);
    this.hasEscapedLetter = false;
    this.hasRecordKey = false;
    this.isTooLarge = false;
    this.lastKeyWraps = false;
  }

  private endRecord(end: number): void {
    if (this.isTooLarge) this.options.onProblem(this.recordPlace, this.tooLarge());
    else this.keepRecord(end);
    this.forgetRecord();
  }

  private keepRecord(end: number): void {
    if (end - this.recordStart > this.options.maximumValueBytes) {
      this.options.onProblem(this.recordPlace, this.tooLarge());
      return;
    }
    this.records++;
    if (this.carried.length > 0) this.parseCarried(end);
    else this.parseWhole(end);
  }

  private parseWhole(end: number): void {
    const [from, to] = [this.recordStart - this.chunkStart, end - this.chunkStart];
    const mayMatch =
      this.hasEscapedLetter ||
      !this.hasRecordKey ||
      this.searches.some((search) => search.isWithin(from, to));
    if (mayMatch) this.parse(this.chunk.toString('utf8', from, to));
  }

  private parseCarried(end: number): void {
    const bytes = Buffer.concat([...this.carried, this.chunk.subarray(0, end - this.chunkStart)]);
    const has = (needle: string): boolean => bytes.includes(needle, 0, 'latin1');
    if (this.hasEscapedLetter || !this.hasRecordKey || this.options.needles.some(has))
      this.parse(bytes.toString('utf8'));
  }

  private parse(text: string): void {
    const place = this.recordPlace;
    const value = JSON.parse(text) as unknown;
    const event = lookedUpEvent(value);
    if (event === undefined) {
      this.found.push({ record: value, place });
      return;
    }
    try {
      this.found.push({ record: JSON.parse(event) as unknown, place });
    } catch {
      this.records--;
      this.options.onProblem(place, 'CloudTrailEvent is no JSON');
    }
  }

  private forgetRecord(): void {
    this.recordStart = -1;
    this.carried = [];
  }

  /** Keeps what the next chunk needs of a record that goes on in it. */
  private carry(): void {
    if (this.recordStart < 0 || this.isTooLarge) return;
    const held = this.chunkStart + this.chunk.length - this.recordStart;
    if (held > this.options.maximumValueBytes) {
      this.isTooLarge = true;
      this.carried = [];
    } else this.carried.push(this.chunk.subarray(Math.max(0, this.recordStart - this.chunkStart)));
  }

  private enter(level: number): void {
    this.outerLevels.push(this.elementLevel);
    this.setElementLevel(level);
    this.forgetRecord();
  }

  private leave(): void {
    this.setElementLevel(this.outerLevels.pop() ?? 0);
  }

  private setElementLevel(level: number): void {
    this.elementLevel = level;
    this.scanner.toldLevel = level + 1;
  }

  private textAt(start: number, end: number): string {
    if (start >= this.chunkStart)
      return this.chunk.toString('latin1', start - this.chunkStart, end - this.chunkStart);
    const held = Buffer.concat([...this.carried, this.chunk.subarray(0, end - this.chunkStart)]);
    return held.toString('latin1', start - this.recordStart, end - this.recordStart);
  }

  /** Also the `EventName` of LookupEvents. The sixth letter spares a comparison for `eventTime` and `eventType`. */
  private isRecordKey(start: number, end: number): boolean {
    const sixth = this.chunk[start - this.chunkStart + 5];
    return (sixth === undefined || sixth === 0x4e) && this.textAt(start, end).toLowerCase() === 'eventname';
  }

  private problem(reason: string): void {
    const place = this.recordStart >= 0 ? this.recordPlace : `line ${this.scanner.line}`;
    this.options.onProblem(place, reason);
  }

  private tooLarge(): string {
    return `is larger than ${this.options.maximumValueBytes} bytes`;
  }

  private placeOf(at: number): string {
    return `line ${this.scanner.line}, column ${at - this.scanner.lineStart + 1}`;
  }
}

/** The record that an entry of LookupEvents carries as text. */
function lookedUpEvent(value: unknown): string | undefined {
  const event = (value as { readonly CloudTrailEvent?: unknown } | null)?.CloudTrailEvent;
  return typeof event === 'string' ? event : undefined;
}
