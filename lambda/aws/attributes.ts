import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { UnreadableItemError } from '../errors';

/** A partition key holds 2,048 bytes at most (DynamoDB quotas); a UTF-16 unit takes three bytes of UTF-8 at most. */
export const maxKeyUnits = 600;

export type Item = Record<string, AttributeValue>;

export const string = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });

/** A set of texts, which DynamoDB does not allow to be empty: an empty one is left out. */
export function stringSet(name: string, values: Iterable<string>): Item {
  const all = [...values];
  return all.length === 0 ? {} : { [name]: { SS: all } };
}

/** A text where there is one. */
export function optionalString(name: string, value: string | undefined): Item {
  return value === undefined ? {} : { [name]: string(value) };
}

/** A map of texts. */
export function stringMap(entries: Iterable<readonly [string, string]>): AttributeValue {
  return { M: Object.fromEntries([...entries].map(([key, value]) => [key, string(value)])) };
}

/** A map of numbers. */
export function numberMap(entries: Iterable<readonly [string, number]>): AttributeValue {
  return { M: Object.fromEntries([...entries].map(([key, value]) => [key, number(value)])) };
}

/** An attribute that may be missing. */
export function stringOf(item: Item, name: string): string | undefined {
  return item[name]?.S;
}

/** 0 where the attribute is missing. */
export function numberOf(item: Item, name: string): number {
  return Number(item[name]?.N ?? 0);
}

export function stringsOf(item: Item, name: string): ReadonlySet<string> {
  return new Set(item[name]?.SS);
}

export function stringMapOf(item: Item, name: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(item[name]?.M ?? {}).flatMap(([key, { S }]) => (S === undefined ? [] : [[key, S]])),
  );
}

export function numberMapOf(item: Item, name: string): ReadonlyMap<string, number> {
  return new Map(Object.entries(item[name]?.M ?? {}).map(([key, { N }]) => [key, Number(N ?? 0)]));
}

/**
 * An attribute that every item of its kind has.
 *
 * @throws {UnreadableItemError} where it is missing
 */
export function requiredString(item: Item, name: string, keyAttribute: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new UnreadableItemError(item[keyAttribute]?.S ?? 'without a key', name);
  return value;
}

/** @throws {UnreadableItemError} where it is missing or no number */
export function requiredNumber(item: Item, name: string, keyAttribute: string): number {
  const value = Number(item[name]?.N ?? Number.NaN);
  if (Number.isNaN(value)) throw new UnreadableItemError(item[keyAttribute]?.S ?? 'without a key', name);
  return value;
}
