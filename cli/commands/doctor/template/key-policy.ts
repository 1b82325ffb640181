import { fitsWildcard } from '../../../../lambda/detection/exceptions';
import { isObject, property, text } from '../../../../lambda/detection/json';

/** What a service asks of a key. */
export interface KeyUse {
  /** Host name of the service. */
  readonly principal: string;
  readonly actions: readonly string[];
  /** Condition keys that the request has. */
  readonly context: ReadonlyMap<string, string>;
}

/** Whether a key's policy lets a service do all that it has to, under the conditions that its requests fulfil. */
export function allowsUse(policy: unknown, use: KeyUse): boolean {
  const statements = [property(policy, 'Statement') ?? []].flat();
  const applies = (effect: string, action: string) =>
    statements.some(
      (statement) =>
        text(property(statement, 'Effect')) === effect &&
        isFor(property(statement, 'Principal'), use.principal) &&
        namesAction(property(statement, 'Action'), action) &&
        holds(property(statement, 'Condition'), use.context),
    );
  return use.actions.every((action) => applies('Allow', action) && !applies('Deny', action));
}

function isFor(principal: unknown, service: string): boolean {
  return principal === '*' || [property(principal, 'Service')].flat().includes(service);
}

function namesAction(actions: unknown, action: string): boolean {
  return [actions].flat().some((pattern) => fitsWildcard(text(pattern) ?? '', action));
}

/** Operators of the documented statements. Another one is taken not to hold. */
const operators = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike'];

function holds(condition: unknown, context: ReadonlyMap<string, string>): boolean {
  if (!isObject(condition)) return true;
  return Object.entries(condition).every(
    ([operator, keys]) =>
      operators.includes(operator) &&
      Object.entries(isObject(keys) ? keys : {}).every(([key, patterns]) => {
        const value = context.get(key);
        return value !== undefined && [patterns].flat().some((each) => fitsWildcard(text(each) ?? '', value));
      }),
  );
}
