/** CloudTrail begins every record so; inside a JSON string the quotes would be escaped. */
const recordBeginning = Buffer.from('{"eventVersion"');

const newline = 0x0a;

/** Where reading goes on after a piece that is no JSON, or what to hold back until the next chunk tells. */
export type Resumption =
  | { readonly kind: 'resume'; readonly index: number }
  | { readonly kind: 'wait'; readonly index: number; readonly atLineStart: boolean };

/**
 * Finds the next line that begins like an object or a list, or the next record on the same line. What is before the
 * answered index has been passed over; `onLine` hears the index at which each further line starts.
 */
export function findResumption(
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
