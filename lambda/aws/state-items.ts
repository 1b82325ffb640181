import { createHash } from 'node:crypto';
import { stateTable } from '../contract';
import type { FunctionArn } from '../detection/brands';
import type { SeenEntity } from '../detection/seen-entity';
import type { DeniedAttempt } from '../detection/state-query';
import {
  type Item,
  maxKeyUnits,
  number,
  numberOf,
  optionalString,
  requiredString,
  string,
  stringOf,
} from './attributes';

/** Version of the shapes of the state table's items; items of the first release that carry none are of version 1. */
export const stateSchemaVersion = 1;

/** Whether a newer version wrote an item, whose meaning this one does not know. */
export function isNewer(item: Item, known = stateSchemaVersion): boolean {
  return numberOf(item, 'schemaVersion') > known;
}

export const stateKey = {
  /** Named as the first releases named the items, so that theirs are found. */
  history: (functionArn: FunctionArn) => keyOf('baseline', functionArn),
  mark: (key: string) => keyOf('seen', key),
  denied: (actor: string, day: string) => keyOf('denied', `${day}#${actor}`),
  account: (id: string) => keyOf('account', id),
  layerUser: (layer: string, functionArn: FunctionArn) => keyOf('layer-user', `${layer}#${functionArn}`),
  heartbeat: (account: string) => keyOf('heartbeat', account),
} as const;

/** Readable where it fits, because people look at the table too; else a hash. */
function keyOf(kind: string, what: string): string {
  const isPlain = what.length <= maxKeyUnits && what.isWellFormed();
  return `${kind}#${isPlain ? what : createHash('sha256').update(what).digest('hex')}`;
}

export function seenEntityItem(key: string, mark: SeenEntity, expiresAtSeconds: number): Item {
  return {
    [stateTable.partitionKey]: string(stateKey.mark(key)),
    schemaVersion: number(stateSchemaVersion),
    firstSeen: string(mark.firstSeen),
    lastDay: string(mark.lastDay),
    ...optionalString('dayBefore', mark.dayBefore),
    ...optionalString('actor', mark.actor?.slice(0, maxKeyUnits).toWellFormed()),
    ...listAttribute('countries', mark.countries),
    [stateTable.expiresAtAttribute]: number(expiresAtSeconds),
  };
}

export function seenEntityOf(item: Item): SeenEntity {
  return {
    firstSeen: requiredString(item, 'firstSeen', stateTable.partitionKey),
    lastDay: requiredString(item, 'lastDay', stateTable.partitionKey),
    dayBefore: stringOf(item, 'dayBefore'),
    countries: listOf(item, 'countries') ?? [],
    actor: stringOf(item, 'actor'),
  };
}

/** One text for each attempt: a set of them is the count, however often and in whatever order they are added. */
export function attemptText({ time, recordId, errorCode }: DeniedAttempt): string {
  return `${time} ${recordId} ${errorCode.toWellFormed()}`;
}

export function attemptsOf(item: Item): readonly DeniedAttempt[] {
  return (item['attempts']?.SS ?? []).map((text) => {
    const [time = '', recordId = '', ...errorCode] = text.split(' ');
    return { time, recordId, errorCode: errorCode.join(' ') };
  });
}

export function listAttribute(name: string, list: readonly string[] | undefined): Item {
  return list === undefined ? {} : { [name]: { L: list.map((text) => string(text.toWellFormed())) } };
}

export function listOf(item: Item, name: string): readonly string[] | undefined {
  return item[name]?.L?.map(({ S }) => S ?? '');
}
