/** RFC 8259, sections 3 and 6. */
export const scalarGrammar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** Deeper nesting than any record has; keeps hostile input from exhausting the stack of code that walks the value. */
export const maxLevels = 500;

/** Bytes of a string that stand for themselves: all but the quote, the backslash and control characters. */
export const isPlainByte: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte !== 0x22 && byte !== 0x5c ? 1 : 0,
);

/** Bytes that numbers, `true`, `false` and `null` are made of. */
export const isScalarByte = tableOf('0123456789+-.eEtrufalsn');

/** What may follow a backslash, besides `u`. */
export const isSimpleEscape = tableOf('"\\/bfnrt');

/** A byte for people: the character where it has one. */
export function shownByte(byte: number): string {
  const isVisible = byte > 0x20 && byte < 0x7f;
  return isVisible ? `"${String.fromCharCode(byte)}"` : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
}

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) table[byte] = 1;
  return table;
}
