/**
 * Where a text next occurs in a chunk, by the native search. Each place is searched for once, however often it is asked
 * for, as long as the questions move forward.
 */
export class ByteSearch {
  private chunk: Buffer = Buffer.alloc(0);
  private searchedFrom = 0;
  private found = -1;
  private readonly text: Buffer;

  constructor(text: string) {
    this.text = Buffer.from(text);
  }

  beginChunk(chunk: Buffer): void {
    this.chunk = chunk;
    this.searchedFrom = 0;
    this.found = -1;
  }

  /** Index of the first occurrence at or after `from`; infinite where there is none. */
  next(from: number): number {
    if (from > this.found || from < this.searchedFrom) {
      const index = this.chunk.indexOf(this.text, from);
      this.searchedFrom = from;
      this.found = index === -1 ? Number.POSITIVE_INFINITY : index;
    }
    return this.found;
  }
}
