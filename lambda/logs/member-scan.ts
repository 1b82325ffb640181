import { isScalarByte } from './json-grammar';
import { startsWith } from './wanted-names';

const quote = 0x22;
const backslash = 0x5c;
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const colon = 0x3a;
const comma = 0x2c;

// Own names, because an imported one costs a call at every use where modules are compiled to CommonJS.
const begins = startsWith;
const scalarBytes = isScalarByte;

/** Keys with their quotes, as they stand in a text. */
export type KnownKeys = readonly Buffer[];

/**
 * Where the member begins that ends before an index, if it has one of the known keys; else -1. Reads backwards, and understands a
 * simple value only: a string without escapes, a scalar, or an object without objects. For anything else, too, the answer is -1,
 * which costs the caller a parse.
 *
 *     ,"eventSource":"ec2.amazonaws.com","eventName":
 *     | key          value             |
 *     read from right to left          end
 */
export function startOfMemberBefore(bytes: Uint8Array, end: number, floor: number, keys: KnownKeys): number {
  const valueStart = startOfValue(bytes, lastVisible(bytes, end, floor), floor);
  const colonAt = lastVisible(bytes, valueStart, floor);
  if (bytes[colonAt] !== colon) return -1;
  const keyEnd = lastVisible(bytes, colonAt, floor);
  const keyStart = startOfKey(bytes, keyEnd, keys);
  if (keyStart < 0) return -1;
  const before = bytes[lastVisible(bytes, keyStart, floor)];
  return before === comma || before === openingBrace ? keyStart : -1;
}

function startOfKey(bytes: Uint8Array, keyEnd: number, keys: KnownKeys): number {
  for (const key of keys) {
    const start = keyEnd + 1 - key.length;
    if (begins(bytes, start, key)) return start;
  }
  return -1;
}

/** Index of the last byte before `end` that is no blank; -1 where there is none down to `floor`. */
export function lastVisible(bytes: Uint8Array, end: number, floor: number): number {
  let index = end - 1;
  while (index >= floor && (bytes[index] as number) <= 0x20) index--;
  return index >= floor ? index : -1;
}

function startOfValue(bytes: Uint8Array, last: number, floor: number): number {
  if (last < 0) return -1;
  if (bytes[last] === quote) return startOfString(bytes, last, floor);
  if (bytes[last] === closingBrace) return startOfFlatObject(bytes, last, floor);
  let index = last;
  while (index >= floor && scalarBytes[bytes[index] as number] === 1) index--;
  return index + 1;
}

function startOfString(bytes: Uint8Array, last: number, floor: number): number {
  for (let index = last - 1; index >= floor; index--) {
    if (bytes[index] === quote) return index;
    if (bytes[index] === backslash) return -1;
  }
  return -1;
}

function startOfFlatObject(bytes: Uint8Array, last: number, floor: number): number {
  for (let index = last - 1; index >= floor; index--) {
    if (bytes[index] === openingBrace) return index;
    if (bytes[index] === closingBrace) return -1;
  }
  return -1;
}
