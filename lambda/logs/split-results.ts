import { maxLevels } from './json-grammar';
import { isTooDeep, readLogEntry } from './log-entry';
import type { WantedNames } from './wanted-names';

/** What a piece of a text was found to be, in the order of the text. */
export type SplitResult =
  /** A wanted record. */
  | { readonly kind: 'record'; readonly record: unknown; readonly place: string }
  /** Something that is no record, or no JSON. */
  | { readonly kind: 'problem'; readonly place: string; readonly reason: string };

/** A point to go back to. */
export interface ResultsMark {
  readonly length: number;
  readonly records: number;
  readonly unchecked: number;
  readonly skippedValues: number;
}

/** The results of a text so far. What came after a mark can be dropped, until it is taken. */
export class SplitResults {
  /** CloudTrail records met. */
  records = 0;
  /** Those of them that were counted without being parsed. */
  unchecked = 0;
  /** Values that were no records, or too large for one. */
  skippedValues = 0;
  private taken = 0;
  private waiting: SplitResult[] = [];

  constructor(private readonly wanted: WantedNames) {}

  /** Counts a value if it is a record, and keeps it if it is wanted. */
  addValue(value: unknown, place: string): void {
    const entry = readLogEntry(value);
    if (entry.kind === 'no-record') this.addSkipped(place, entry.reason);
    else if (!this.wanted.includes(entry.eventName)) this.records++;
    else if (isTooDeep(entry.record)) this.addSkipped(place, `is nested more than ${maxLevels} deep`);
    else this.addWanted(entry.record, place);
  }

  addWanted(record: unknown, place: string): void {
    this.records++;
    this.waiting.push({ kind: 'record', record, place });
  }

  addSkipped(place: string, reason: string): void {
    this.skippedValues++;
    this.addProblem(place, reason);
  }

  addProblem(place: string, reason: string): void {
    this.waiting.push({ kind: 'problem', place, reason });
  }

  mark(): ResultsMark {
    return {
      length: this.taken + this.waiting.length,
      records: this.records,
      unchecked: this.unchecked,
      skippedValues: this.skippedValues,
    };
  }

  dropSince(mark: ResultsMark): void {
    this.waiting.length = mark.length - this.taken;
    this.records = mark.records;
    this.unchecked = mark.unchecked;
    this.skippedValues = mark.skippedValues;
  }

  /** Results up to a mark, or all of them. */
  takeUntil(mark: ResultsMark | undefined): readonly SplitResult[] {
    const count = mark === undefined ? this.waiting.length : mark.length - this.taken;
    this.taken += count;
    return this.waiting.splice(0, count);
  }
}
