/** Finds which stretches of a chunk contain a text, in one pass of the native search however many stretches are asked. */
export class NeedleSearch {
  private chunk: Buffer = Buffer.alloc(0);
  private next = -1;

  private readonly needle: Buffer;

  constructor(needle: string) {
    this.needle = Buffer.from(needle);
  }

  beginChunk(chunk: Buffer): void {
    this.chunk = chunk;
    this.next = -1;
    this.advance(0);
  }

  /** Whether the text lies within [start, end). Stretches of one chunk have to be asked in their order. */
  isWithin(start: number, end: number): boolean {
    if (this.next < start) this.advance(start);
    return this.next + this.needle.length <= end;
  }

  private advance(from: number): void {
    const found = this.chunk.indexOf(this.needle, from);
    this.next = found === -1 ? Number.POSITIVE_INFINITY : found;
  }
}
