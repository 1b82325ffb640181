/** What a number may be, and how it is printed. */
export interface Limit {
  readonly name: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Written behind the number, for example ` ms`. */
  readonly unit?: string;
  readonly digits?: number;
}

/** Prints a number beside its limit, and answers whether it holds. A number that was not measured prints why and holds. */
export function check(limit: Limit, value: number, reasonNotMeasured = 'not measured'): boolean {
  const { name, atLeast, atMost, unit = '', digits = 2 } = limit;
  if (Number.isNaN(value)) {
    console.log(`       ${name}: ${reasonNotMeasured}`);
    return true;
  }
  const isHeld = value >= (atLeast ?? 0) && value <= (atMost ?? Number.POSITIVE_INFINITY);
  const allowed = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  console.log(`${isHeld ? 'ok    ' : 'MISSED'} ${name}: ${value.toFixed(digits)}${unit} (${allowed})`);
  return isHeld;
}
