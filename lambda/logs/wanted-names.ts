import { LayerwatchError } from '../errors';

/** A prefix with other characters could hide behind escapes that the byte search does not look for. */
const prefixGrammar = /^[A-Za-z]*$/;

/** The caller asks for event names that no search through bytes can find safely. */
export class UnsearchablePrefixError extends LayerwatchError {
  override readonly name = 'UnsearchablePrefixError';
  readonly code = 'UnsearchablePrefix';

  constructor(prefix: string) {
    super(`the event name prefix ${JSON.stringify(prefix)} has other characters than letters`);
  }
}

/** @throws {UnsearchablePrefixError} for a prefix with another character than letters */
export function checkPrefixes(prefixes: readonly string[]): void {
  const wrong = prefixes.find((prefix) => !prefixGrammar.test(prefix));
  if (wrong !== undefined) throw new UnsearchablePrefixError(wrong);
}

/**
 * Beginnings of the event names whose records are wanted. Asked for each record of a log, so a name's first byte chooses
 * the few prefixes that it is compared with: the cost does not grow with their number.
 *
 *     "StopLogging"    first byte S -> [StopLogging, SetTopicAttributes, ...]
 *      ^ at
 */
export class WantedNames {
  private readonly byFirstByte: (readonly Buffer[] | undefined)[] = [];
  private readonly wantsAll: boolean;

  /**
   * @param prefixes letters only; the empty one wants every record
   * @throws {UnsearchablePrefixError} for a prefix with another character
   */
  constructor(private readonly prefixes: readonly string[]) {
    checkPrefixes(prefixes);
    this.wantsAll = prefixes.includes('');
    for (const prefix of prefixes) {
      const first = prefix.charCodeAt(0) || 0;
      this.byFirstByte[first] = [...(this.byFirstByte[first] ?? []), Buffer.from(prefix)];
    }
  }

  includes(eventName: string): boolean {
    return this.prefixes.some((prefix) => eventName.startsWith(prefix));
  }

  /** Whether the bytes from here on begin with a prefix. */
  beginAt(bytes: Uint8Array, at: number): boolean {
    if (this.wantsAll) return true;
    const prefixes = this.byFirstByte[bytes[at] ?? 0];
    if (prefixes === undefined) return false;
    for (const prefix of prefixes) if (startsWith(bytes, at, prefix)) return true;
    return false;
  }
}

/** A loop, because a call of the native comparison costs more than these few bytes. */
export function startsWith(bytes: Uint8Array, at: number, beginning: Uint8Array): boolean {
  for (let index = 0; index < beginning.length; index++)
    if (bytes[at + index] !== beginning[index]) return false;
  return true;
}
