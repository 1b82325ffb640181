/** CloudTrail begins every record so; inside a JSON string the quotes would be escaped. */
const recordBeginning = Buffer.from('{"eventVersion"');

const newline = 0x0a;

/** What a broken piece leaves between the values after it. */
const strayBytes = Buffer.from(',]}');

/** Where reading resumes after a piece that is no JSON, or what to hold back until the next chunk shows it. */
type Resumption =
  | { readonly kind: 'resume'; readonly index: number }
  | { readonly kind: 'wait'; readonly index: number; readonly atLineStart: boolean };

/**
 * Finds where the scan of a text resumes after pieces that are no JSON.
 *
 *     {"a":,,} ... \n  ...  {"eventVersion"       or   ... \n  {
 *          ^ broken         ^ resumed                         ^ resumed
 *
 * Invariant: bytes that may begin what is looked for, and end with the chunk, are held back and lead the next chunk.
 */
export class Recovery {
  /** A piece was broken: the commas and brackets that belonged to it are no further problem. */
  isDamaged = false;
  private heldBack: Buffer = Buffer.alloc(0);
  private waiting: Extract<Resumption, { kind: 'wait' }> | undefined;

  get heldBackBytes(): number {
    return this.heldBack.length;
  }

  /** The next chunk, behind what was held back. */
  join(next: Buffer): Buffer {
    const chunk = this.heldBack.length === 0 ? next : Buffer.concat([this.heldBack, next]);
    this.heldBack = Buffer.alloc(0);
    return chunk;
  }

  isStray(byte: number | undefined): boolean {
    return this.isDamaged && byte !== undefined && strayBytes.includes(byte);
  }

  /** Index at which to begin a chunk. */
  resume(chunk: Buffer, onLine: (start: number) => void): number {
    return this.waiting === undefined ? 0 : this.recover(chunk, 0, this.waiting.atLineStart, onLine);
  }

  /** Index at which the scan resumes; the end of the chunk where it does not in this one. */
  recover(chunk: Buffer, from: number, atLineStart: boolean, onLine: (start: number) => void): number {
    this.isDamaged = true;
    const found = findResumption(chunk, from, atLineStart, onLine);
    this.waiting = found.kind === 'wait' ? found : undefined;
    if (found.kind === 'resume') return found.index;
    this.heldBack = chunk.subarray(found.index);
    return chunk.length;
  }
}

/**
 * Finds the next line that begins like an object or a list, or the next record on the same line. What is before the
 * answered index has been passed over; `onLine` receives the index at which each further line starts.
 */
function findResumption(
  chunk: Buffer,
  from: number,
  atLineStart: boolean,
  onLine: (start: number) => void,
): Resumption {
  const record = indexOrEnd(chunk, chunk.indexOf(recordBeginning, from));
  let start = from;
  let isLineStart = atLineStart;
  for (;;) {
    if (isLineStart) {
      const first = firstVisible(chunk, start);
      if (first === chunk.length) return { kind: 'wait', index: first, atLineStart: true };
      if (opensValue(chunk[first])) return { kind: 'resume', index: first };
    }
    const end = indexOrEnd(chunk, chunk.indexOf(newline, start));
    if (record < end) return { kind: 'resume', index: record };
    if (end === chunk.length) {
      const index = Math.max(start, chunk.length - recordBeginning.length + 1);
      return { kind: 'wait', index, atLineStart: false };
    }
    start = end + 1;
    isLineStart = true;
    onLine(start);
  }
}

function indexOrEnd(chunk: Buffer, index: number): number {
  return index === -1 ? chunk.length : index;
}

function opensValue(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

/** A blank line is left to the search for its end. */
function firstVisible(chunk: Buffer, from: number): number {
  let index = from;
  while (index < chunk.length && (chunk[index] as number) <= 0x20 && chunk[index] !== newline) index++;
  return index;
}
