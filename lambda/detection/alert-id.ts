import { createHash } from 'node:crypto';
import type { Call } from './call';
import { actorKey } from './identity';
import type { CloudTrailRecord } from './record';
import { rule } from './rule';

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
export function alertIdOf(record: CloudTrailRecord, call: Call, windowMinutes: number): string {
  const { target } = call;
  const parts = [
    rule.id,
    target.account ?? '',
    target.region ?? '',
    target.arn ?? `record:${record.identityId}`,
    actorKey(record.identity),
    askedKey(call),
    String(windowOf(record.eventTime, windowMinutes).startMilliseconds),
    String(windowMinutes),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function askedKey({ asked, target }: Call): string {
  switch (asked.kind) {
    case 'publish':
      return `publish ${target.name}`;
    case 'tampering':
      return `tampering ${asked.action} ${target.name}`;
    case 'no-layers':
      return 'no-layers';
    default:
      return `${asked.kind} ${JSON.stringify([...asked.layers].sort())}`;
  }
}
