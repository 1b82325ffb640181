import { isObject } from '../../../../lambda/detection/json';
import { unresolved } from './values';

/**
 * Whether a value that AWS answered is the one that was deployed. Maps are objects of the template. The order of a list says
 * nothing, and a list of one value is that value.
 */
export function agrees(actual: unknown, deployed: unknown): boolean {
  if (deployed === unresolved) return true;
  if (Array.isArray(deployed) || Array.isArray(actual)) return listsAgree([actual].flat(), [deployed].flat());
  if (deployed instanceof Map) return objectsAgree(actual, deployed);
  return String(actual) === String(deployed) && !isObject(actual);
}

function listsAgree(actual: readonly unknown[], deployed: readonly unknown[]): boolean {
  return (
    actual.length === deployed.length &&
    deployed.every((each) => actual.some((other) => agrees(other, each))) &&
    actual.every((other) => deployed.some((each) => agrees(other, each)))
  );
}

function objectsAgree(actual: unknown, deployed: ReadonlyMap<unknown, unknown>): boolean {
  if (!isObject(actual)) return false;
  const entries = Object.entries(actual);
  return (
    entries.length === deployed.size &&
    entries.every(([key, value]) => deployed.has(key) && agrees(value, deployed.get(key)))
  );
}
