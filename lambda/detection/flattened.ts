import type { FlattenedObject } from './cloudtrail-fields';
import { isEmpty, isObject, type Json } from './json';

/**
 * Longest text of a value, in UTF-16 units. Elasticsearch refuses a document that has a value of more than 32,766 bytes in a
 * `flattened` field, its path included.
 */
const maxTextLength = 8_191;

/** The form of the names of AWS's parameters, of tags as well; a zero byte in a name makes the index refuse the document. */
const parameterName = /^[A-Za-z][A-Za-z0-9:/_-]{0,127}$/;

/**
 * Parameters as a `flattened` field of Elasticsearch takes them, whatever a record holds; `undefined` for what is no object. The
 * depth is bounded by `withoutSecrets`, below the 20 levels that such a field takes.
 */
export function flattenedObject(parameters: Json): FlattenedObject | undefined {
  return isObject(parameters) && !isEmpty(parameters) ? fieldsOf(parameters) : undefined;
}

function fieldsOf(parameters: FlattenedObject): FlattenedObject {
  const kept = Object.entries(parameters).filter(([name]) => parameterName.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, flattenedValue(value)]));
}

function flattenedValue(value: Json): Json {
  if (typeof value === 'string') return value.slice(0, maxTextLength).toWellFormed();
  if (Array.isArray(value)) return value.map(flattenedValue);
  return isObject(value) ? fieldsOf(value) : value;
}
