import { ByteSearch } from './byte-search';
import { isTooDeep, type LogEntry, readLogEntry } from './log-entry';
import { RecordLayout } from './record-layout';
import { startsWith, type WantedNames } from './wanted-names';

/** Found by its rarer end; `"event` has to stand before it. */
const endOfNameKey = 'Name"';
const beginningOfNameKey = Buffer.from('"event');

const quote = 0x22;
const colon = 0x3a;

/** An escape that stands for a letter is this and a digit from 4 to 7. */
const letterEscape = '\\u00';

// Its own name, because an imported one costs a call at every use where modules are compiled to CommonJS.
const begins = startsWith;

type FoundRecord = Extract<LogEntry, { kind: 'record' }>;

/** A record that was parsed, and where it begins in the chunk. */
export type OnParsed = (entry: FoundRecord, start: number) => void;

/**
 * Passes over records that look as the ones before, by native searches instead of a scan of their grammar.
 *
 *     }  ,  {"eventVersion": ... "eventSource":"...","eventName":"Decrypt" ... "tlsDetails":{...}}  ,  {"eventVersion":
 *     ^ from                                        ^ the only name                              ^ next from
 *
 * A record is counted without being parsed only if it has one event name, at the place of names, that is not wanted; if no
 * escape in it can hide a letter; and if it ends as records do. Any other is parsed. One that does not parse, or is no record,
 * or is not wholly in the chunk, is left to the scanner, which begins at its first byte with nothing lost.
 *
 * Sound: the parsed name of a record begins with a wanted prefix only if key and value stand in its text as they are (then the
 * name is found and compared), or with a letter escaped (then it is parsed), or are not the only ones (then it is parsed).
 *
 * Where one text holds several lists, a value without an event name at the end of one, or at the beginning of the next, can be
 * counted with the record beside it, and is then not named as a problem. Such a record is one of those counted unchecked.
 */
export class RecordSkipper {
  /** Records that were counted without being parsed. */
  unchecked = 0;
  private chunk: Buffer = Buffer.alloc(0);
  private layout: RecordLayout | undefined;
  /** In the record at hand, an object follows something that is no object: another element of the list, or of one within. */
  private isDoubtful = false;
  private readonly names = new ByteSearch(endOfNameKey);
  private readonly escapes = new ByteSearch(letterEscape);

  constructor(
    private readonly wanted: WantedNames,
    private readonly maxValueBytes: number,
  ) {}

  beginChunk(chunk: Buffer): void {
    this.chunk = chunk;
    this.names.beginChunk(chunk);
    this.escapes.beginChunk(chunk);
    this.layout?.beginChunk(chunk);
  }

  /** Learns how records are joined and begin, from one in this chunk and the end of the one before. */
  learn(endBefore: number, start: number): void {
    if (this.layout?.fits(this.chunk, endBefore, start)) return;
    const layout = RecordLayout.of(this.chunk, endBefore, start);
    if (layout === undefined) return;
    layout.beginChunk(this.chunk);
    this.layout = layout;
  }

  /** Whether the records of a list, or those outside of one, can be passed over. */
  knows(kind: 'list' | 'values'): boolean {
    return this.layout?.hasComma === (kind === 'list');
  }

  /**
   * Passes over records from the end of one; answers with the end of the last that was passed over.
   *
   * @param parseUntil records that begin before this index are parsed, whatever they look like
   */
  passOver(from: number, parseUntil: number, onParsed: OnParsed): number {
    const { layout } = this;
    if (layout === undefined) return from;
    let end = from;
    for (;;) {
      const start = end + layout.joiner.length;
      if (!begins(this.chunk, end, layout.joiner)) return end;
      const next = this.endOfRecord(layout, start);
      if (next === -1 || next - start > this.maxValueBytes) return end;
      const mayCount = start >= parseUntil && !this.isDoubtful;
      if (mayCount && this.isUnwanted(layout, start, next)) this.unchecked++;
      else if (!this.parse(layout, start, next, onParsed)) return end;
      end = next;
    }
  }

  /** Where the record ends that begins here; -1 where that is not sure. */
  private endOfRecord(layout: RecordLayout, start: number): number {
    const { chunk } = this;
    this.isDoubtful = false;
    if (start >= chunk.length || !layout.beginsRecord(chunk, start)) return -1;
    let edge = layout.nextEdge(chunk, start + layout.opening.length);
    for (; edge < chunk.length; edge = layout.nextEdge(chunk, edge + 1)) {
      if (!layout.followsObject(chunk, edge)) this.isDoubtful ||= !layout.isInner(chunk, edge);
      else if (layout.beginsRecord(chunk, edge + layout.joiner.length)) return edge;
      // Something else than a record follows one.
      else if (layout.endsRecord(chunk, start, edge)) return -1;
    }
    return -1;
  }

  private isUnwanted(layout: RecordLayout, start: number, end: number): boolean {
    const name = this.nextName(start, end);
    if (name >= end || this.nextName(name + 1, end) < end) return false;
    return (
      this.hasUnwantedValue(name + endOfNameKey.length) &&
      layout.namesRecord(this.chunk, start, name - beginningOfNameKey.length) &&
      !this.hasLetterEscape(start, end) &&
      layout.endsRecord(this.chunk, start, end)
    );
  }

  /** Index of `Name"` of the next `"eventName"` before an end, else one at or after that. */
  private nextName(from: number, end: number): number {
    let index = this.names.next(from);
    while (index < end && !this.isNameKey(index)) index = this.names.next(index + 1);
    return index;
  }

  private isNameKey(index: number): boolean {
    return begins(this.chunk, index - beginningOfNameKey.length, beginningOfNameKey);
  }

  private hasUnwantedValue(keyEnd: number): boolean {
    const { chunk } = this;
    const colonAt = firstVisible(chunk, keyEnd);
    const quoteAt = firstVisible(chunk, colonAt + 1);
    if (chunk[colonAt] !== colon || chunk[quoteAt] !== quote) return false;
    return chunk[quoteAt + 1] !== quote && !this.wanted.beginAt(chunk, quoteAt + 1);
  }

  private hasLetterEscape(start: number, end: number): boolean {
    for (let at = this.escapes.next(start); at < end; at = this.escapes.next(at + 1)) {
      const digit = this.chunk[at + letterEscape.length] ?? 0;
      if (digit >= 0x34 && digit <= 0x37) return true;
    }
    return false;
  }

  private parse(layout: RecordLayout, start: number, end: number, onParsed: OnParsed): boolean {
    let value: unknown;
    try {
      value = JSON.parse(this.chunk.toString('utf8', start, end));
    } catch {
      return false;
    }
    const entry = readLogEntry(value);
    if (entry.kind === 'no-record') return false;
    if (this.wanted.includes(entry.eventName) && isTooDeep(entry.record)) return false;
    layout.learn(value);
    onParsed(entry, start);
    return true;
  }
}

function firstVisible(bytes: Uint8Array, from: number): number {
  let index = from;
  while (index < bytes.length && (bytes[index] as number) <= 0x20) index++;
  return index;
}
