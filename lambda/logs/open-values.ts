import { RecordText } from './record-text';
import type { ResultsMark, SplitResults } from './split-results';

/** Lists in lists deeper than this are named and not read; a list of log files is the deepest that people make. */
export const maxWrappers = 4;

/**
 * Bytes of the largest record. CloudTrail's events have at most 256 KB, those of CloudTrail Lake at most 1 MB (CloudTrail user
 * guide, "Quotas in AWS CloudTrail").
 */
const maxRecordBytes = 1_048_576;

/** An object at the level of records. */
export interface OpenObject {
  readonly text: RecordText;
  readonly place: string;
  /** It has a key that only a record has. */
  mayBeRecord: boolean;
  /** Results before its list, where one is read as a list of records. */
  mark: ResultsMark | undefined;
  lastKeyWraps: boolean;
}

interface Wrapper {
  readonly outerLevel: number;
  readonly object: OpenObject | undefined;
}

/**
 * Which containers are open around the records, and the object at hand.
 *
 *     [ {"Records": [ {"eventName": ...
 *     0 1           2 3               record level 3, two wrappers: a bare list, and the list of an object
 *
 * An object with a list `Records` may still be a record: that shows at its end. So the results of its list stay undecided, and can
 * be dropped, as long as the object is no larger than a record can be.
 */
export class OpenValues {
  /** Level at which records are. */
  level = 0;
  object: OpenObject | undefined;
  private readonly wrappers: Wrapper[] = [];

  constructor(
    private readonly results: SplitResults,
    private readonly maxValueBytes: number,
  ) {}

  get isWithinWrapper(): boolean {
    return this.wrappers.length > 0;
  }

  get isFull(): boolean {
    return this.wrappers.length >= maxWrappers;
  }

  beginChunk(chunk: Buffer, offset: number): void {
    for (const { text } of this.objects()) text.beginChunk(chunk, offset);
  }

  endChunk(): void {
    for (const { text } of this.objects()) text.endChunk();
  }

  begin(chunk: Buffer, chunkStart: number, at: number, place: string): void {
    const text = new RecordText(this.maxValueBytes, at);
    text.beginChunk(chunk, chunkStart);
    this.object = { text, place, mayBeRecord: false, mark: undefined, lastKeyWraps: false };
  }

  enterList(level: number): void {
    const { object } = this;
    if (object !== undefined) {
      object.mark ??= this.results.mark();
      object.text.maxBytes = Math.min(object.text.maxBytes, maxRecordBytes);
    }
    this.wrappers.push({ outerLevel: this.level, object });
    this.object = undefined;
    this.level = level;
  }

  leaveList(): void {
    const left = this.wrappers.pop();
    this.level = left?.outerLevel ?? 0;
    this.object = left?.object;
  }

  forget(): void {
    this.wrappers.length = 0;
    this.level = 0;
    this.object = undefined;
  }

  /** Results after this mark may be dropped yet. */
  undecidedSince(): ResultsMark | undefined {
    return this.objects().find(({ mark, text }) => mark !== undefined && !text.isTooLarge)?.mark;
  }

  /** From the outermost. */
  private objects(): readonly OpenObject[] {
    const all = [...this.wrappers.map(({ object }) => object), this.object];
    return all.filter((object) => object !== undefined);
  }
}
