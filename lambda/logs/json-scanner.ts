import {
  isPlainByte,
  isScalarByte,
  isSimpleEscape,
  maxLevels,
  scalarGrammar,
  shownByte,
} from './json-grammar';
import type { LinePosition } from './line-position';

/** Receives what the scanner meets; levels count the containers around a value, offsets count bytes of the whole text. */
export interface JsonListener {
  opened(level: number, isArray: boolean, at: number): void;
  closed(level: number, at: number): void;
  /** A key and the level of its value; the text between its quotes is [start, end). */
  key(level: number, start: number, end: number): void;
  scalar(level: number, at: number): void;
}

const maxScalarLength = 400;

// Own names, because an imported one costs a call at every use where modules are compiled to CommonJS.
const plain = isPlainByte;
const scalarBytes = isScalarByte;

// Numbers and plain comparisons, because this loop sees every byte of every log.
const value = 0;
const valueOrEnd = 1;
const key = 2;
const keyOrEnd = 3;
const colon = 4;
const commaOrEnd = 5;

// What some editors put before a text; files that were put after each other have it in between.
const byteOrderMark = [0xef, 0xbb, 0xbf];

const expectedWords = ['a value', 'a value', 'a key', 'a key', 'a colon', 'a comma or the end'] as const;

/** An escape's backslash has been read; below that, the hexadecimal digits that `\u` still needs. */
const escapeBegun = 5;

/**
 * Checks the grammar of concatenated JSON values (RFC 8259), handed over in chunks, and reports where values begin and end,
 * without building any. One state machine over bytes: what is expected next, how deep, and whether within a string.
 *
 *     {"Records":[{"eventVersion":"1.11", ...
 *     0          1 2                            levels
 *
 * Invariant: between two calls the state is a function of the bytes so far, so any chunks give the same reports.
 */
export class JsonScanner {
  /** Levels deeper than this are checked and not reported. */
  reportLevel = 1;
  /** Why the text is no JSON at the byte where the scan stopped. */
  broken: string | undefined;
  private isPaused = false;
  private chunkStart = 0;
  private level = 0;
  private readonly isArrayAt = new Uint8Array(maxLevels);
  private expecting = value;
  private inString = false;
  private escape = 0;
  private stringStart = 0;
  private scalar = '';

  constructor(
    private readonly listener: JsonListener,
    private readonly position: LinePosition,
  ) {}

  /** Whether the text so far ends between two values. */
  get isBetweenValues(): boolean {
    return this.level === 0 && !this.inString && this.scalar === '';
  }

  /** Forgets the value at hand, to begin anew after a piece that is no JSON. */
  restart(): void {
    this.level = 0;
    this.expecting = value;
    this.inString = false;
    this.escape = 0;
    this.scalar = '';
  }

  /** To be called with every chunk's offset before its first `scan`. */
  beginChunk(offset: number): void {
    this.chunkStart = offset;
  }

  /** To be called by the listener: the scan stops after the byte that it is at. */
  pause(): void {
    this.isPaused = true;
  }

  /** Walks from an index to the end of the chunk, or to where it was paused, or to the byte that is no JSON; answers with that index. */
  scan(chunk: Uint8Array, from: number): number {
    this.broken = undefined;
    this.isPaused = false;
    let index = from;
    while (index < chunk.length) {
      index = this.inString ? this.scanString(chunk, index) : this.scanStructure(chunk, index);
      if (this.broken !== undefined) return index - 1;
      if (this.isPaused) return index;
    }
    return index;
  }

  /** To be called at the end of the text, because a number at the top has no byte that ends it. */
  finish(): string | undefined {
    this.broken = undefined;
    if (this.scalar !== '') this.endScalar(this.chunkStart);
    return this.broken;
  }

  /** Answers with the index after the closing quote, after what broke the string, or the end of the chunk. */
  private scanString(chunk: Uint8Array, from: number): number {
    let index = this.escape === 0 ? endOfPlain(chunk, from) : from;
    while (index < chunk.length) {
      this.stringByte(chunk[index] as number, index);
      index++;
      if (!this.inString || this.broken !== undefined) return index;
      if (this.escape === 0) index = endOfPlain(chunk, index);
    }
    return index;
  }

  private stringByte(byte: number, index: number): void {
    if (this.escape > 0) this.escapeByte(byte);
    else if (byte === 0x5c) this.escape = escapeBegun;
    else if (byte === 0x22) this.endString(index);
    else this.broken = `a string has ${shownByte(byte)} in it`;
  }

  /** Answers with the index after the opening quote of a string, after what broke the grammar, or the end of the chunk. */
  private scanStructure(chunk: Uint8Array, from: number): number {
    let index = from;
    while (index < chunk.length) {
      const byte = chunk[index++] as number;
      if (byte === 0x22) {
        this.beginString(index - 1);
        return index;
      }
      if (byte === 0x3a && this.expecting === colon) this.expecting = value;
      else if (byte === 0x2c && this.expecting === commaOrEnd && this.scalar === '') this.comma();
      else this.otherByte(byte, index - 1);
      if (this.broken !== undefined || this.isPaused) return index;
    }
    return index;
  }

  private escapeByte(byte: number): void {
    const character = String.fromCharCode(byte);
    if (this.escape === escapeBegun) {
      this.escape = character === 'u' ? 4 : 0;
      if (character !== 'u' && isSimpleEscape[byte] !== 1)
        this.broken = `a string has ${shownByte(byte)} after a backslash`;
      return;
    }
    this.escape--;
    if (!/[0-9a-fA-F]/.test(character)) this.broken = `a string has ${shownByte(byte)} in an escape`;
  }

  private beginString(index: number): void {
    if (this.expecting >= colon || this.scalar !== '') {
      this.unexpected(0x22);
      return;
    }
    this.inString = true;
    this.stringStart = this.chunkStart + index + 1;
  }

  private endString(index: number): void {
    this.inString = false;
    const isKey = this.expecting === key || this.expecting === keyOrEnd;
    if (this.level <= this.reportLevel) {
      if (isKey) this.listener.key(this.level, this.stringStart, this.chunkStart + index);
      else this.listener.scalar(this.level, this.stringStart - 1);
    }
    if (isKey) this.expecting = colon;
    else this.endValue();
  }

  private comma(): void {
    this.expecting = this.isArrayAt[this.level - 1] === 1 ? value : key;
  }

  private otherByte(byte: number, index: number): void {
    if (scalarBytes[byte] === 1) {
      this.scalarByte(byte);
      return;
    }
    if (this.scalar !== '') this.endScalar(this.chunkStart + index);
    if (this.broken !== undefined) return;
    if (byte === 0x7b || byte === 0x5b) this.open(byte, index);
    else if (byte === 0x7d || byte === 0x5d) this.close(byte, index);
    else if (byte === 0x2c && this.expecting === commaOrEnd) this.comma();
    else if (byte === 0x0a) this.position.newline(this.chunkStart + index + 1);
    else if (byte === 0x20 || byte === 0x09 || byte === 0x0d) this.position.blank(this.chunkStart + index);
    else if (this.level === 0 && byteOrderMark.includes(byte)) this.position.blank(this.chunkStart + index);
    else this.unexpected(byte);
  }

  private scalarByte(byte: number): void {
    if (this.expecting > valueOrEnd) this.unexpected(byte);
    else if (this.scalar.length > maxScalarLength) this.broken = 'a number is too long';
    else this.scalar += String.fromCharCode(byte);
  }

  private endScalar(end: number): void {
    const { scalar } = this;
    this.scalar = '';
    if (!scalarGrammar.test(scalar)) {
      this.broken = `${scalar.slice(0, 20)} is no JSON value`;
      return;
    }
    if (this.level <= this.reportLevel) this.listener.scalar(this.level, end - scalar.length);
    this.endValue();
  }

  private open(byte: number, index: number): void {
    if (this.expecting > valueOrEnd) this.unexpected(byte);
    else if (this.level === maxLevels) this.broken = `a value is nested more than ${maxLevels} deep`;
    else {
      const isArray = byte === 0x5b;
      if (this.level <= this.reportLevel) this.listener.opened(this.level, isArray, this.chunkStart + index);
      this.isArrayAt[this.level++] = isArray ? 1 : 0;
      this.expecting = isArray ? valueOrEnd : keyOrEnd;
    }
  }

  private close(byte: number, index: number): void {
    const isArray = byte === 0x5d;
    const mayEnd = this.expecting === commaOrEnd || this.expecting === (isArray ? valueOrEnd : keyOrEnd);
    if (!mayEnd || this.isArrayAt[this.level - 1] !== (isArray ? 1 : 0)) {
      this.unexpected(byte);
      return;
    }
    this.level--;
    if (this.level <= this.reportLevel) this.listener.closed(this.level, this.chunkStart + index);
    this.endValue();
  }

  private endValue(): void {
    this.expecting = this.level === 0 ? value : commaOrEnd;
  }

  private unexpected(byte: number): void {
    this.broken = `${shownByte(byte)} where ${expectedWords[this.expecting]} should be`;
  }
}

function endOfPlain(chunk: Uint8Array, from: number): number {
  let index = from;
  while (index < chunk.length && plain[chunk[index] as number] === 1) index++;
  return index;
}
