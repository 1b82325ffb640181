import { type JsonListener, JsonScanner } from './json-scanner';
import { RecordText } from './record-text';
import { findResumption, type Resumption } from './recovery';
import { NeedleSearch } from './term-search';

/** A record whose bytes say that it may match, parsed. */
export interface Candidate {
  readonly record: unknown;
  /** Where it begins in its file, in words. */
  readonly place: string;
}

export interface SplitterOptions {
  /** A record without any of these texts is counted and not parsed. */
  readonly prefilterTerms: readonly string[];
  /** A value with more bytes is named and skipped. */
  readonly maxValueBytes: number;
  readonly onProblem: (place: string, reason: string) => void;
}

/**
 * A CloudTrail record has one of these keys, by itself or in LookupEvents; an object without is handed over, to be refused
 * with a reason.
 */
const recordKeys: ReadonlySet<string> = new Set(['eventName', 'EventName']);

/** An envelope of EventBridge holds a record if its detail type ends so; another is handed over too. */
const envelopeKey = 'detail';
const envelopeOfRecord = ' via CloudTrail"';

/** Arrays under these keys of an object that is no record hold the records: log files, and LookupEvents. */
const wrapperKeys: ReadonlySet<string> = new Set(['Records', 'Events']);

/** What a broken piece leaves between the values after it. */
const strayBytes = Buffer.from(',]}');

/** A list of log files is the deepest that anybody makes. */
const maxWrappers = 4;

/**
 * Splits JSON text, handed over in chunks, into CloudTrail records: `{"Records":[...]}`, arrays, single records, NDJSON,
 * values after each other without separators, and the output of LookupEvents. Holds one record at a time. After a piece
 * that is no JSON it goes on at the next line or record.
 */
export class RecordSplitter implements JsonListener {
  records = 0;
  private readonly scanner = new JsonScanner(this);
  private readonly searches: readonly NeedleSearch[];
  private readonly text: RecordText;
  private chunk: Buffer = Buffer.alloc(0);
  private chunkStart = 0;
  private heldBack: Buffer = Buffer.alloc(0);
  private recovering: Extract<Resumption, { kind: 'wait' }> | undefined;
  /** After a broken piece, commas and brackets that belonged to it are passed over. */
  private isDamaged = false;
  private hasValues = false;
  private found: Candidate[] = [];
  private place = '';
  private hasEscapedLetter = false;
  private hasRecordKey = false;
  private isEnvelope = false;
  private lastKeyWraps = false;
  /** Level at which records are; one deeper in every wrapper. */
  private recordLevel = 0;
  private readonly outerLevels: number[] = [];

  constructor(private readonly options: SplitterOptions) {
    this.searches = options.prefilterTerms.map((needle) => new NeedleSearch(needle));
    this.text = new RecordText(options.maxValueBytes);
  }

  /** Takes the next chunk and answers with the candidates that end in it. */
  take(next: Buffer): readonly Candidate[] {
    this.chunk = this.heldBack.length === 0 ? next : Buffer.concat([this.heldBack, next]);
    this.heldBack = Buffer.alloc(0);
    this.scanner.beginChunk(this.chunkStart);
    this.text.beginChunk(this.chunk, this.chunkStart);
    for (const search of this.searches) search.beginChunk(this.chunk);
    this.walk();
    this.text.endChunk();
    this.chunkStart += this.chunk.length - this.heldBack.length;
    const { found } = this;
    this.found = [];
    return found;
  }

  /** To be called after the last chunk; a text that was cut off before its end is the caller's to tell. */
  finish(isCutOff: boolean): void {
    this.scanner.beginChunk(this.chunkStart);
    const reason = this.scanner.finish();
    if (isCutOff) return;
    const place = this.text.start >= 0 ? this.place : `line ${this.scanner.line}`;
    if (reason !== undefined) this.options.onProblem(place, reason);
    else if (!this.scanner.isBetweenValues)
      this.options.onProblem(place, 'the text ends in the middle of a value');
    else if (!this.hasValues && !this.isDamaged) this.options.onProblem('whole', 'has nothing in it');
  }

  opened(level: number, isArray: boolean, at: number): void {
    this.hasValues = true;
    if (level === this.recordLevel && !isArray) this.beginRecord(at);
    const isWrapper = level === this.recordLevel || (this.lastKeyWraps && this.text.start >= 0);
    if (isArray && isWrapper && this.outerLevels.length < maxWrappers) this.enterWrapper(level + 1);
  }

  closed(level: number, at: number): void {
    if (this.outerLevels.length > 0 && level === this.recordLevel - 1) {
      this.setRecordLevel(this.outerLevels.pop() ?? 0);
    } else if (level === this.recordLevel && this.text.start >= 0) this.endRecord(at + 1);
  }

  key(level: number, start: number, end: number): void {
    this.lastKeyWraps = false;
    const length = end - start;
    const mayBeKnown =
      length === 'eventName'.length || length === 'Records'.length || length === 'Events'.length;
    if (!mayBeKnown || level !== this.recordLevel + 1) return;
    const key = this.text.between(start, end);
    this.lastKeyWraps = wrapperKeys.has(key);
    if (recordKeys.has(key)) this.hasRecordKey = true;
    if (key === envelopeKey) this.isEnvelope = true;
  }

  scalar(level: number, at: number): void {
    this.hasValues = true;
    if (level !== this.recordLevel) return;
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
    this.text.forget();
    this.outerLevels.length = 0;
    this.setRecordLevel(0);
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
    const line = this.place.split(',', 1)[0];
    return this.text.start < 0 || line === `line ${this.scanner.line}` ? '' : `, in the record from ${line}`;
  }

  private beginRecord(at: number): void {
    this.text.begin(at);
    this.place = this.placeOf(at);
    this.hasEscapedLetter = false;
    this.hasRecordKey = false;
    this.isEnvelope = false;
    this.lastKeyWraps = false;
  }

  private endRecord(end: number): void {
    this.text.limit(end);
    if (this.text.isTooLarge)
      this.options.onProblem(this.place, `is larger than ${this.options.maxValueBytes} bytes`);
    else {
      this.records++;
      if (this.hasEscapedLetter || !this.isRecord(end) || this.hasNeedle(end))
        this.parse(this.text.upTo(end));
    }
    this.text.forget();
  }

  private isRecord(end: number): boolean {
    return this.hasRecordKey || (this.isEnvelope && this.text.upTo(end).includes(envelopeOfRecord));
  }

  private hasNeedle(end: number): boolean {
    if (this.text.isWithinChunk) {
      const [from, to] = [this.text.start - this.chunkStart, end - this.chunkStart];
      return this.searches.some((search) => search.isWithin(from, to));
    }
    const bytes = this.text.upTo(end);
    return this.options.prefilterTerms.some((needle) => bytes.includes(needle));
  }

  private parse(bytes: Buffer): void {
    const { place } = this;
    try {
      const value = JSON.parse(bytes.toString()) as unknown;
      const event = lookedUpEvent(value);
      this.found.push({ record: event === undefined ? value : (JSON.parse(event) as unknown), place });
    } catch {
      this.records--;
      this.options.onProblem(place, 'CloudTrailEvent is no JSON');
    }
  }

  private enterWrapper(level: number): void {
    this.outerLevels.push(this.recordLevel);
    this.setRecordLevel(level);
    this.text.forget();
  }

  private setRecordLevel(level: number): void {
    this.recordLevel = level;
    this.scanner.reportLevel = level + 1;
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
