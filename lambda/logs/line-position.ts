const newline = 0x0a;

/** Lines and columns of a text, for people: both from 1, columns in bytes. JSON has no newline inside strings. */
export class LinePosition {
  line = 1;
  private lineStart = 0;
  private blankUntil = 0;

  placeOf(offset: number): string {
    return `line ${this.line}, column ${offset - this.lineStart + 1}`;
  }

  newline(nextLineStart: number): void {
    this.line++;
    this.lineStart = nextLineStart;
    this.blankUntil = nextLineStart;
  }

  blank(offset: number): void {
    if (offset === this.blankUntil) this.blankUntil = offset + 1;
  }

  /** Whether nothing but blanks is before the offset on its line. */
  isFirstOfLine(offset: number): boolean {
    return offset === this.blankUntil;
  }

  /** Counts the lines of a stretch that was not scanned; the native search is faster than a loop even for short lines. */
  passOver(chunk: Buffer, from: number, to: number, chunkStart: number): void {
    let last = -1;
    for (let at = chunk.indexOf(newline, from); at !== -1 && at < to; at = chunk.indexOf(newline, at + 1)) {
      this.line++;
      last = at;
    }
    if (last === -1) return;
    this.lineStart = chunkStart + last + 1;
    this.blankUntil = this.lineStart;
  }
}
