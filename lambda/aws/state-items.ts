import { createHash } from 'node:crypto';
import { stateTable } from '../contract';
import type { Baseline } from '../detection/baseline';
import type { SeenEntity } from '../detection/seen-entity';
import type { DeniedAttempt } from '../detection/state-query';
import { type Item, number, numberOf, string, stringOf } from './attributes';

/** Version of the shapes of the state table's items; items of the first release that carry none are of version 1. */
export const stateSchemaVersion = 1;

/** Whether a newer version wrote an item, whose meaning this one does not know. */
export function isNewer(item: Item): boolean {
  return numberOf(item, 'schemaVersion') > stateSchemaVersion;
}

/** A partition key holds 2,048 bytes at most (DynamoDB quotas); a UTF-16 unit takes three bytes of UTF-8 at most. */
const maxKeyUnits = 600;

export const stateKey = {
  baseline: (functionArn: string) => keyOf('baseline', functionArn),
  mark: (key: string) => keyOf('seen', key),
  denied: (actor: string, day: string) => keyOf('denied', `${day}#${actor}`),
  account: (id: string) => keyOf('account', id),
} as const;

/** Readable where it fits, because people look at the table too; else a hash. */
function keyOf(kind: string, what: string): string {
  const isPlain = what.length <= maxKeyUnits && what.isWellFormed();
  return `${kind}#${isPlain ? what : createHash('sha256').update(what).digest('hex')}`;
}

/** A function that was deleted and whose name nobody took again needs no baseline for longer. */
const tombstoneDays = 30;

export function baselineItem(functionArn: string, baseline: Baseline, now: Date): Item {
  const isKnown = baseline.layers !== undefined;
  return {
    [stateTable.partitionKey]: string(stateKey.baseline(functionArn)),
    schemaVersion: number(stateSchemaVersion),
    setAt: string(baseline.setAt),
    setBy: string(baseline.setBy),
    ...listAttribute('layers', baseline.layers),
    ...listAttribute('before', baseline.before),
    ...textAttribute('revisionId', baseline.revisionId),
    ...(isKnown ? {} : { [stateTable.expiresAtAttribute]: number(daysAfter(now, tombstoneDays)) }),
  };
}

export function baselineOf(item: Item): Baseline {
  return {
    layers: listOf(item, 'layers'),
    setAt: stringOf(item, 'setAt'),
    setBy: stringOf(item, 'setBy'),
    before: listOf(item, 'before'),
    revisionId: item['revisionId']?.S,
  };
}

export function seenEntityItem(key: string, mark: SeenEntity, expiresAtSeconds: number): Item {
  return {
    [stateTable.partitionKey]: string(stateKey.mark(key)),
    schemaVersion: number(stateSchemaVersion),
    firstSeen: string(mark.firstSeen),
    lastDay: string(mark.lastDay),
    ...textAttribute('dayBefore', mark.dayBefore),
    ...textAttribute('actor', mark.actor?.slice(0, maxKeyUnits).toWellFormed()),
    ...listAttribute('countries', mark.countries),
    [stateTable.expiresAtAttribute]: number(expiresAtSeconds),
  };
}

export function seenEntityOf(item: Item): SeenEntity {
  return {
    firstSeen: stringOf(item, 'firstSeen'),
    lastDay: stringOf(item, 'lastDay'),
    dayBefore: item['dayBefore']?.S,
    countries: listOf(item, 'countries') ?? [],
    actor: item['actor']?.S,
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

export function daysAfter(now: Date, days: number): number {
  return Math.floor(now.getTime() / 1000) + days * 86_400;
}

function textAttribute(name: string, text: string | undefined): Item {
  return text === undefined ? {} : { [name]: string(text) };
}

function listAttribute(name: string, list: readonly string[] | undefined): Item {
  return list === undefined ? {} : { [name]: { L: list.map((text) => string(text.toWellFormed())) } };
}

function listOf(item: Item, name: string): readonly string[] | undefined {
  return item[name]?.L?.map(({ S }) => S ?? '');
}
