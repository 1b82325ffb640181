import { isObject, property, text } from '../detection/json';
import { maxLevels } from './json-grammar';

/** What a value of a log is: a CloudTrail record in one of its forms, or none. */
export type LogEntry =
  | {
      readonly kind: 'record';
      /** The record, or the EventBridge event that carries it as its `detail`. */
      readonly record: unknown;
      readonly eventName: string;
    }
  | { readonly kind: 'no-record'; readonly reason: string };

/** Lists under these keys of an object that is no record hold the records: log files, and LookupEvents. */
export const wrapperKeys: ReadonlySet<string> = new Set(['Records', 'Events']);

/**
 * Reads a value of a log: a record, an EventBridge event, or an entry of LookupEvents, which carries its record as text. What
 * it calls a record, `parseRecord` calls one.
 */
export function readLogEntry(value: unknown): LogEntry {
  const lookedUp = property(value, 'CloudTrailEvent');
  if (typeof lookedUp !== 'string' || eventNameOf(value) !== undefined) return entryOf(value);
  const parsed = parse(lookedUp);
  return parsed === undefined ? noRecord('CloudTrailEvent is no JSON') : entryOf(parsed.value);
}

/** The record's own object: the `detail` of an EventBridge event, else the value itself. */
export function recordObjectOf(value: unknown): unknown {
  const detail = property(value, 'detail');
  return isObject(detail) ? detail : value;
}

function entryOf(record: unknown): LogEntry {
  const eventName = eventNameOf(record);
  if (eventName !== undefined) return { kind: 'record', record, eventName };
  return noRecord(
    isObject(recordObjectOf(record)) ? `has no eventName${unknownList(record)}` : 'is not an object',
  );
}

function eventNameOf(record: unknown): string | undefined {
  return text(property(recordObjectOf(record), 'eventName'));
}

/** A list under an unknown key may be all records of the file. */
function unknownList(value: unknown): string {
  if (!isObject(value)) return '';
  const list = Object.entries(value).find(([, inner]) => Array.isArray(inner) && inner.some(isObject));
  if (list === undefined) return '';
  const known = [...wrapperKeys].join(' or ');
  return `; its list ${JSON.stringify(list[0].slice(0, 40))} is not read, only one named ${known} is`;
}

function noRecord(reason: string): LogEntry {
  return { kind: 'no-record', reason };
}

function parse(json: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(json) as unknown };
  } catch {
    return undefined;
  }
}

/** Whether a value nests deeper than the scanner lets a text nest; it does not see text within text. */
export function isTooDeep(value: unknown, levels = maxLevels): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}
