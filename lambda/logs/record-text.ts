/** The bytes of a value that may go on through several chunks. Offsets count bytes of the whole text. */
export class RecordText {
  /** The value is longer than the limit, and not kept. */
  isTooLarge = false;
  private chunk: Buffer = Buffer.alloc(0);
  private chunkStart = 0;
  private carried: Buffer[] = [];

  constructor(
    public maxBytes: number,
    /** Offset of the value's first byte. */
    readonly start: number,
  ) {}

  beginChunk(chunk: Buffer, offset: number): void {
    this.chunk = chunk;
    this.chunkStart = offset;
  }

  /** Keeps what the next chunk needs of a value that continues in it. */
  endChunk(): void {
    this.limit(this.chunkStart + this.chunk.length);
    if (!this.isTooLarge) this.carried.push(this.chunk.subarray(Math.max(0, this.start - this.chunkStart)));
  }

  /** To be asked at the value's end, too: one chunk may hold more than the limit. */
  limit(end: number): void {
    if (end - this.start <= this.maxBytes) return;
    this.isTooLarge = true;
    this.carried = [];
  }

  /** The value up to an offset in the chunk at hand. */
  upTo(end: number): Buffer {
    const last = this.chunk.subarray(Math.max(0, this.start - this.chunkStart), end - this.chunkStart);
    return this.carried.length === 0 ? last : Buffer.concat([...this.carried, last]);
  }

  /** A piece of the value that ends in the chunk at hand; empty where it is no longer kept. */
  between(start: number, end: number): string {
    if (start >= this.chunkStart)
      return this.chunk.toString('utf8', start - this.chunkStart, end - this.chunkStart);
    return this.isTooLarge ? '' : this.upTo(end).toString('utf8', start - this.start);
  }
}
