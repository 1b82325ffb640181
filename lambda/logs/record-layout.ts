import { isObject, property } from '../detection/json';
import { ByteSearch } from './byte-search';
import { recordObjectOf } from './log-entry';
import { type KnownKeys, lastVisible, startOfMemberBefore } from './member-scan';
import { startsWith } from './wanted-names';

// Own names, because an imported one costs a call at every use where modules are compiled to CommonJS.
const begins = startsWith;
const keyOfMemberBefore = startOfMemberBefore;
const lastVisibleBefore = lastVisible;

/** What a first key and the blanks before it look like. */
const openingGrammar = /^\{\s*"[^"\\]{1,64}"\s*:/;

/** The native search prepares tables for longer texts, at each call. */
const longestSearch = 7;

const longestJoiner = 256;
const longestOpening = 512;

/** More different keys than this in one place are no layout. */
const maxKeys = 16;

const openingBrace = 0x7b;
const closingBrace = 0x7d;
const openingBracket = 0x5b;
const colon = 0x3a;
const comma = 0x2c;

/**
 * How the records of one text look, learned from the text itself.
 *
 *     ...,"tlsDetails":{...}}   ,   {"eventVersion":   "1.11", ... ,"eventSource":"...","eventName":"..."
 *         last key          |joiner |opening       |               key before the name
 *                           |edge = joiner {
 *
 * Writers are programs, so they write each record as the one before. In JSON neither the edge with the opening nor a key with
 * its bare quotes can stand within a string, because the quotes would be escaped there.
 */
export class RecordLayout {
  private readonly search: ByteSearch;
  /** What the search finds stands so far behind the beginning of the edge. */
  private readonly searchOffset: number;
  /** Whether the records are elements of a list. */
  readonly hasComma: boolean;
  private readonly lastKeys: Buffer[] = [];
  private readonly keysBeforeName: Buffer[] = [];
  private lastTail: { readonly key: Buffer; readonly bytesBeforeEnd: number } | undefined;
  /** 2 where the record is the `detail` at the end of an EventBridge event. */
  private closers = 1;

  private constructor(
    readonly joiner: Buffer,
    readonly opening: Buffer,
  ) {
    this.hasComma = joiner.includes(comma);
    const edge = `${joiner.toString('latin1')}{`;
    const isShort = edge.length <= longestSearch;
    this.search = new ByteSearch(isShort ? edge : '{');
    this.searchOffset = isShort ? 0 : joiner.length;
  }

  /** The layout of a record that begins at `start` and of what is between it and the one before; `undefined` for an unusual one. */
  static of(chunk: Buffer, endBefore: number, start: number): RecordLayout | undefined {
    if (start - endBefore > longestJoiner) return undefined;
    const opening = openingGrammar.exec(chunk.toString('latin1', start, start + longestOpening))?.[0];
    if (opening === undefined) return undefined;
    return new RecordLayout(Buffer.from(chunk.subarray(endBefore, start)), Buffer.from(opening, 'latin1'));
  }

  /** Whether a record that begins at `start` is joined to the one before, and begins, as this layout says. */
  fits(chunk: Buffer, endBefore: number, start: number): boolean {
    const isJoined = start - endBefore === this.joiner.length && begins(chunk, endBefore, this.joiner);
    return isJoined && this.beginsRecord(chunk, start);
  }

  /** Learns from a record that was parsed; an entry of LookupEvents teaches nothing, so that each is parsed. */
  learn(value: unknown): void {
    const record = recordObjectOf(value);
    if (!isObject(value) || !isObject(record) || property(value, 'CloudTrailEvent') !== undefined) return;
    this.closers = record === value ? 1 : 2;
    const keys = Object.keys(record);
    if (record !== value && Object.keys(value).at(-1) !== 'detail') return;
    learnKey(this.lastKeys, keys.at(-1));
    learnKey(this.keysBeforeName, keys[keys.indexOf('eventName') - 1]);
  }

  beginChunk(chunk: Buffer): void {
    this.search.beginChunk(chunk);
  }

  /** Where the first edge at or after an index begins; infinite where there is none. */
  nextEdge(chunk: Buffer, from: number): number {
    let edge = this.search.next(from + this.searchOffset) - this.searchOffset;
    while (edge < chunk.length && !begins(chunk, edge, this.joiner))
      edge = this.search.next(edge + this.searchOffset + 1) - this.searchOffset;
    return edge;
  }

  /** Whether an edge that follows no object may lie within a record, as the first of a list or the value of a key. */
  isInner(chunk: Buffer, edgeAt: number): boolean {
    const before = chunk[edgeAt - 1];
    return before === colon || before === openingBracket || before === comma;
  }

  followsObject(chunk: Buffer, edgeAt: number): boolean {
    return chunk[edgeAt - 1] === closingBrace;
  }

  beginsRecord(chunk: Buffer, at: number): boolean {
    return begins(chunk, at, this.opening);
  }

  /**
   * Whether what ends here ends as records do. Where the last key stands as far before the end as in the record before, the value
   * behind it is not looked at again.
   */
  endsRecord(chunk: Buffer, start: number, end: number): boolean {
    if (this.hasLastTail(chunk, start, end)) return true;
    const before = this.endOfMembers(chunk, start, end);
    if (before < 0) return false;
    const keyStart = keyOfMemberBefore(chunk, before, start, this.lastKeys);
    if (keyStart < 0) return false;
    const key = this.lastKeys.find((each) => begins(chunk, keyStart, each));
    if (key !== undefined) this.lastTail = { key, bytesBeforeEnd: end - keyStart };
    return true;
  }

  private hasLastTail(chunk: Buffer, start: number, end: number): boolean {
    if (this.lastTail === undefined) return false;
    const keyStart = end - this.lastTail.bytesBeforeEnd;
    return keyStart > start && begins(chunk, keyStart, this.lastTail.key);
  }

  private endOfMembers(chunk: Buffer, start: number, end: number): number {
    let before = end;
    for (let closer = 0; closer < this.closers; closer++) {
      before = lastVisibleBefore(chunk, before, start);
      if (chunk[before] !== closingBrace) return -1;
    }
    return before;
  }

  /** Whether the key at an index stands where records have the name of their event. */
  namesRecord(chunk: Buffer, start: number, keyAt: number): boolean {
    const before = lastVisibleBefore(chunk, keyAt, start);
    if (chunk[before] === openingBrace) return before === start && this.closers === 1;
    return chunk[before] === comma && keyOfMemberBefore(chunk, before, start, this.keysBeforeName) >= 0;
  }
}

function learnKey(keys: Buffer[], key: string | undefined): void {
  if (key === undefined || keys.length >= maxKeys) return;
  const text = Buffer.from(JSON.stringify(key));
  if (!isKnown(keys, text)) keys.push(text);
}

function isKnown(keys: KnownKeys, text: Buffer): boolean {
  return keys.some((each) => each.equals(text));
}
