/** The chunk at hand, and what earlier chunks hold of a record that goes on in it. Offsets count bytes of the whole text. */
export class RecordText {
  /** Offset of the record's first byte; -1 between records. */
  start = -1;
  /** The record is longer than the limit, and not kept. */
  isTooLarge = false;
  private chunk: Buffer = Buffer.alloc(0);
  private chunkStart = 0;
  private carried: Buffer[] = [];

  constructor(private readonly maxBytes: number) {}

  get isWithinChunk(): boolean {
    return this.carried.length === 0;
  }

  beginChunk(chunk: Buffer, offset: number): void {
    this.chunk = chunk;
    this.chunkStart = offset;
  }

  /** Keeps what the next chunk needs of a record that goes on in it. */
  endChunk(): void {
    if (this.start < 0 || this.isTooLarge) return;
    this.limit(this.chunkStart + this.chunk.length);
    if (!this.isTooLarge) this.carried.push(this.chunk.subarray(Math.max(0, this.start - this.chunkStart)));
  }

  begin(at: number): void {
    this.start = at;
    this.isTooLarge = false;
  }

  forget(): void {
    this.start = -1;
    this.carried = [];
  }

  /** To be asked at the record's end, too: one chunk may hold more than the limit. */
  limit(end: number): void {
    if (end - this.start <= this.maxBytes) return;
    this.isTooLarge = true;
    this.carried = [];
  }

  /** The record up to an offset in the chunk at hand. */
  upTo(end: number): Buffer {
    const last = this.chunk.subarray(Math.max(0, this.start - this.chunkStart), end - this.chunkStart);
    return this.carried.length === 0 ? last : Buffer.concat([...this.carried, last]);
  }

  /** A piece of the record that ends in the chunk at hand; only ASCII is told apart. */
  between(start: number, end: number): string {
    if (start >= this.chunkStart)
      return this.chunk.toString('latin1', start - this.chunkStart, end - this.chunkStart);
    return this.isTooLarge ? '' : this.upTo(end).toString('latin1', start - this.start);
  }
}
