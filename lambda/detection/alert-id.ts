import { createHash } from 'node:crypto';
import type { AlertId } from './brands';
import { answeredLayers, type Call } from './call';
import { actorKey } from './identity';
import type { CloudTrailRecord } from './record';
import { layerRule } from './rule';

export interface Window {
  /** Milliseconds since the epoch; 0 for a record without a time. */
  readonly startMilliseconds: number;
  readonly endMilliseconds: number;
}

/** The epoch-aligned folding window of a time. */
export function windowOf(time: Date | undefined, windowMinutes: number): Window {
  const length = windowMinutes * 60_000;
  const startMilliseconds = Math.floor((time?.getTime() ?? 0) / length) * length;
  return { startMilliseconds, endMilliseconds: startMilliseconds + length };
}

/**
 * The id of the alert that a record belongs to, 64 hexadecimal digits. A pure function of the record and the window,
 * so that every delivery by every door agrees on it. A record that does not name its target stands alone, because
 * folding it could hide another function.
 */
export function alertIdOf(record: CloudTrailRecord, call: Call, windowMinutes: number): AlertId {
  return alertIdFor(askedKey(call, record), record, call, windowMinutes);
}

/** The id of the alert of a record, given what was asked as one text. */
export function alertIdFor(
  askedFor: string,
  record: CloudTrailRecord,
  { target }: Call,
  windowMinutes: number,
): AlertId {
  const parts = [
    layerRule.rule.id,
    target.account ?? '',
    target.region ?? '',
    target.arn ?? `record:${record.identityId}`,
    actorKey(record.identity),
    askedFor,
    String(windowOf(record.eventTime, windowMinutes).startMilliseconds),
    String(windowMinutes),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * What was asked, so that repeats of it fold and nothing else does: the version of a publish; the sorted list of an update;
 * the answered list of a call that cannot be read; each call of tampering for itself.
 */
function askedKey({ asked }: Call, record: CloudTrailRecord): string {
  switch (asked.kind) {
    case 'publish':
      return `publish ${asked.layerVersionArn ?? record.identityId}`;
    case 'tampering':
      return `tampering ${record.identityId}`;
    case 'no-layers':
      return 'no-layers';
    case 'layers':
      return `layers ${sortedList(asked.layers)}`;
    case 'unreadable': {
      const answered = answeredLayers(record);
      return `unreadable ${answered === undefined ? record.identityId : sortedList(answered)}`;
    }
  }
}

function sortedList(layers: readonly string[]): string {
  return JSON.stringify([...layers].sort());
}
