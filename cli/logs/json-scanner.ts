/** What the scanner tells as it walks; levels count the containers around a value, offsets count bytes of the whole text. */
export interface JsonListener {
  opened(level: number, isArray: boolean, at: number): void;
  closed(level: number, at: number): void;
  /** A key and the level of its value; the text between its quotes is [start, end). */
  key(level: number, start: number, end: number): void;
  scalar(level: number, at: number): void;
  /** A `\u00XX` escape that stands for a letter, which a byte search for names would miss. */
  escapedLetter(): void;
}

/** Deeper nesting than any record has; keeps hostile input from exhausting the stack of whoever walks the value. */
export const maximumLevels = 500;

const longestScalar = 400;

type Expecting = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

const scalarGrammar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

const code = {
  newline: 0x0a,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Bytes of a string that stand for themselves: all but the quote, the backslash and control characters. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte !== code.quote && byte !== code.backslash ? 1 : 0,
);

const isScalarByte = bytesOf('0123456789+-.eEtrufalsn');
const isSimpleEscape = bytesOf('"\\/bfnrt');

/**
 * Checks the grammar of concatenated JSON values (RFC 8259), handed over in chunks, and tells where values begin and end,
 * without building any. An order of magnitude less work than parsing, and no memory.
 */
export class JsonScanner {
  /** Levels deeper than this are checked and not told. */
  toldLevel = 1;
  /** Newlines met so far; JSON has none inside strings. */
  line = 1;
  /** Offset of the first byte of the line. */
  lineStart = 0;
  private blankUntil = 0;
  private chunkStart = 0;
  private level = 0;
  private readonly arrays = new Uint8Array(maximumLevels);
  private expecting: Expecting = 'value';
  private inString = false;
  /** Bytes that an escape still needs; 5 just after the backslash, then the hexadecimal digits of `\u`. */
  private escape = 0;
  private hexadecimal = '';
  private stringStart = 0;
  private scalar = '';

  constructor(private readonly listener: JsonListener) {}

  /** Whether the text so far ends between two values. */
  get isBetweenValues(): boolean {
    return this.level === 0 && !this.inString && this.scalar === '';
  }

  /** Forgets the value at hand, to begin anew after a piece that is no JSON. */
  restart(): void {
    this.level = 0;
    this.expecting = 'value';
    this.inString = false;
    this.escape = 0;
    this.scalar = '';
  }

  /** To be called with every chunk's offset before its first `scan`. */
  beginChunk(offset: number): void {
    this.chunkStart = offset;
  }

  countLine(nextLineStart: number): void {
    this.line++;
    this.lineStart = nextLineStart;
    this.blankUntil = nextLineStart;
  }

  /** Whether nothing but blanks is before the offset on its line. */
  isFirstOfLine(offset: number): boolean {
    return offset === this.blankUntil;
  }

  /** Walks from an index to the end of the chunk; answers with the index and reason where the grammar is broken. */
  scan(chunk: Uint8Array, from: number): { readonly index: number; readonly reason: string } | undefined {
    let index = from;
    while (index < chunk.length) {
      if (this.inString) {
        index = this.scanString(chunk, index);
        if (index === chunk.length) return undefined;
      }
      const byte = chunk[index] as number;
      const reason = this.inString ? this.stringByte(byte, index) : this.structureByte(byte, index);
      if (reason !== undefined) return { index, reason };
      index++;
    }
    return undefined;
  }

  /** A scalar at the top has no byte that ends it. */
  finish(): string | undefined {
    return this.scalar === '' ? undefined : this.endScalar(this.chunkStart);
  }

  private scanString(chunk: Uint8Array, from: number): number {
    let index = from;
    if (this.escape === 0) while (isPlain[chunk[index] as number] === 1) index++;
    return index;
  }

  private stringByte(byte: number, index: number): string | undefined {
    if (this.escape > 0) return this.escapeByte(byte);
    if (byte === code.backslash) this.escape = 5;
    else if (byte === code.quote) this.endString(index);
    else return `a string has the control character 0x${byte.toString(16).padStart(2, '0')} in it`;
    return undefined;
  }

  private escapeByte(byte: number): string | undefined {
    const character = String.fromCharCode(byte);
    if (this.escape === 5) {
      this.hexadecimal = '';
      this.escape = character === 'u' ? 4 : 0;
      return character === 'u' || isSimpleEscape[byte] === 1
        ? undefined
        : `a string has the escape \\${character}`;
    }
    if (!/[0-9a-fA-F]/.test(character)) return `a string has the escape \\u${this.hexadecimal}${character}`;
    this.hexadecimal += character;
    if (--this.escape === 0 && /^00[4-7]/.test(this.hexadecimal)) this.listener.escapedLetter();
    return undefined;
  }

  private endString(index: number): void {
    this.inString = false;
    const isKey = this.expecting === 'key' || this.expecting === 'key-or-end';
    if (isKey && this.level <= this.toldLevel)
      this.listener.key(this.level, this.stringStart, this.chunkStart + index);
    if (!isKey && this.level <= this.toldLevel) this.listener.scalar(this.level, this.stringStart - 1);
    this.expecting = isKey ? 'colon' : this.afterValue();
  }

  private structureByte(byte: number, index: number): string | undefined {
    if (isScalarByte[byte] === 1) return this.scalarByte(byte);
    if (this.scalar !== '') {
      const reason = this.endScalar(this.chunkStart + index);
      if (reason !== undefined) return reason;
    }
    switch (byte) {
      case code.quote:
        return this.beginString(index);
      case code.colon:
        return this.expecting === 'colon' ? this.expect('value') : this.unexpected(byte);
      case code.comma:
        return this.comma(byte);
      case code.openBrace:
      case code.openBracket:
        return this.open(byte, index);
      case code.closeBrace:
      case code.closeBracket:
        return this.close(byte, index);
      default:
        return this.space(byte, index);
    }
  }

  private space(byte: number, index: number): string | undefined {
    const offset = this.chunkStart + index;
    if (byte === code.newline) this.countLine(offset + 1);
    else if (offset === this.blankUntil) this.blankUntil = offset + 1;
    return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d && byte !== 0x0b && byte !== 0x0c)
      ? undefined
      : this.unexpected(byte);
  }

  private beginString(index: number): string | undefined {
    if (this.expecting === 'colon' || this.expecting === 'comma-or-end') return this.unexpected(code.quote);
    if (this.expecting === 'value-or-end') this.expecting = 'value';
    this.inString = true;
    this.stringStart = this.chunkStart + index + 1;
    return undefined;
  }

  private scalarByte(byte: number): string | undefined {
    if (this.expecting !== 'value' && this.expecting !== 'value-or-end') return this.unexpected(byte);
    if (this.scalar.length > longestScalar) return `a number has more than ${longestScalar} characters`;
    this.scalar += String.fromCharCode(byte);
    return undefined;
  }

  private endScalar(end: number): string | undefined {
    const { scalar } = this;
    this.scalar = '';
    if (!scalarGrammar.test(scalar)) return `${scalar.slice(0, 20)} is no JSON value`;
    if (this.level <= this.toldLevel) this.listener.scalar(this.level, end - scalar.length);
    return this.expect(this.afterValue());
  }

  private comma(byte: number): string | undefined {
    if (this.expecting !== 'comma-or-end') return this.unexpected(byte);
    return this.expect(this.isInArray ? 'value' : 'key');
  }

  private open(byte: number, index: number): string | undefined {
    if (this.expecting !== 'value' && this.expecting !== 'value-or-end') return this.unexpected(byte);
    if (this.level === maximumLevels) return `a value is nested more than ${maximumLevels} deep`;
    const isArray = byte === code.openBracket;
    if (this.level <= this.toldLevel) this.listener.opened(this.level, isArray, this.chunkStart + index);
    this.arrays[this.level++] = isArray ? 1 : 0;
    return this.expect(isArray ? 'value-or-end' : 'key-or-end');
  }

  private close(byte: number, index: number): string | undefined {
    const isArray = byte === code.closeBracket;
    const mayEnd =
      this.expecting === 'comma-or-end' || this.expecting === (isArray ? 'value-or-end' : 'key-or-end');
    if (!mayEnd || this.level === 0 || this.isInArray !== isArray) return this.unexpected(byte);
    this.level--;
    if (this.level <= this.toldLevel) this.listener.closed(this.level, this.chunkStart + index);
    return this.expect(this.afterValue());
  }

  private get isInArray(): boolean {
    return this.arrays[this.level - 1] === 1;
  }

  private afterValue(): Expecting {
    return this.level === 0 ? 'value' : 'comma-or-end';
  }

  private expect(next: Expecting): undefined {
    this.expecting = next;
  }

  private unexpected(byte: number): string {
    const shown =
      byte > 0x20 && byte < 0x7f
        ? `"${String.fromCharCode(byte)}"`
        : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
    return `${shown} where ${wordsOf[this.expecting]} should be`;
  }
}

const wordsOf: Readonly<Record<Expecting, string>> = {
  value: 'a value',
  'value-or-end': 'a value',
  key: 'a key',
  'key-or-end': 'a key',
  colon: 'a colon',
  'comma-or-end': 'a comma or the end',
};

function bytesOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) table[byte] = 1;
  return table;
}
