import { bareLayer } from './arn';
import type { Exception } from './settings';

/** What an exception's conditions are compared with; `undefined` satisfies no condition. */
export interface ExceptionFacts {
  readonly principal: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly functionName: string | undefined;
  /** ARNs of the layer versions that the call newly set, added or published. */
  readonly layers: readonly string[];
}

/**
 * Whether a text fits a pattern in which `*` stands for any text; everything else is literal and case counts.
 * Compared piece by piece without a regular expression, so its time is linear whatever the text.
 */
export function fitsWildcard(pattern: string, value: string): boolean {
  const start = pattern.indexOf('*');
  if (start < 0) return pattern === value;
  const stop = pattern.lastIndexOf('*');
  const [first, last] = [pattern.slice(0, start), pattern.slice(stop + 1)];
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last))
    return false;
  const middle = value.slice(first.length, value.length - last.length);
  let position = 0;
  for (const piece of pattern.slice(start, stop).split('*')) {
    const found = middle.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return true;
}

/** The first exception whose every condition holds and that has not expired; `today` is `YYYY-MM-DD`. */
export function exceptionFor(
  facts: ExceptionFacts,
  exceptions: readonly Exception[],
  today: string,
): Exception | undefined {
  return exceptions.find((exception) => exception.expires >= today && holds(exception, facts));
}

function holds(exception: Exception, facts: ExceptionFacts): boolean {
  const conditions: readonly (readonly [string | undefined, string | undefined])[] = [
    [exception.principal, facts.principal],
    [exception.account, facts.account],
    [exception.region, facts.region],
    [exception.function, facts.functionName],
  ];
  const isConditional =
    exception.layer !== undefined || conditions.some(([pattern]) => pattern !== undefined);
  return (
    isConditional &&
    conditions.every(([pattern, value]) => fits(pattern, value)) &&
    layersFit(exception.layer, facts.layers)
  );
}

function fits(pattern: string | undefined, value: string | undefined): boolean {
  return pattern === undefined || (value !== undefined && fitsWildcard(pattern, value));
}

/** Every new layer has to fit: one that does not is what the alert is about. A layer's ARN covers its versions. */
function layersFit(pattern: string | undefined, layers: readonly string[]): boolean {
  if (pattern === undefined) return true;
  if (layers.length === 0) return false;
  return layers.every((arn) => fitsWildcard(pattern, arn) || fitsWildcard(pattern, bareLayer(arn)));
}
