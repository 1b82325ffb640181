import { type Call, readCall } from './call';
import { mismatchOf, readEnvelope } from './envelope';
import { forgedCall } from './forged';
import { type FunctionLifecycle, readFunctionLifecycle } from './lifecycle';
import type { Ownership } from './own-names';
import { type CloudTrailRecord, parseRecord } from './record';
import { type MismatchReason, matchRule } from './rule';
import { readTampering } from './tampering';

/** What a value that came by any door is, and all that has to be known to handle it. */
export type Classification =
  | { readonly kind: 'not-cloudtrail'; readonly reason: string }
  /** An event whose record does not fit its envelope: nothing that it claims is believed. */
  | { readonly kind: 'forged'; readonly record: CloudTrailRecord; readonly call: Call }
  /** A call that can make Layerwatch blind or silent. */
  | { readonly kind: 'tampering'; readonly record: CloudTrailRecord; readonly call: Call }
  /** A call that satisfies the rule. */
  | { readonly kind: 'layer-call'; readonly record: CloudTrailRecord; readonly call: Call }
  /** A function that was created or deleted: no alert, and a fact of the function's history. */
  | {
      readonly kind: 'function-lifecycle';
      readonly record: CloudTrailRecord;
      readonly lifecycle: FunctionLifecycle;
    }
  | { readonly kind: 'no-match'; readonly record: CloudTrailRecord; readonly reason: MismatchReason };

export interface ClassifyOptions extends Ownership {
  /** Account that Layerwatch runs in; `undefined` where it is not deployed. */
  readonly ownAccount?: string | undefined;
}

/**
 * Classifies a CloudTrail record, or an EventBridge event that carries one. Total over any JSON. Every door, `explain` and
 * the tests ask this function: what one sees, all see.
 */
export function classify(value: unknown, options: ClassifyOptions): Classification {
  const parsed = parseRecord(value);
  if (parsed.kind === 'not-cloudtrail') return parsed;
  const { record } = parsed;
  const forged = forgedCallOf(value, record, options.ownAccount);
  if (forged !== undefined) return { kind: 'forged', record, call: forged };
  const tampering = readTampering(record, options);
  if (tampering !== undefined) return { kind: 'tampering', record, call: tampering };
  const lifecycle = readFunctionLifecycle(record);
  if (lifecycle !== undefined) return { kind: 'function-lifecycle', record, lifecycle };
  const match = matchRule(record);
  if (!match.matched) return { kind: 'no-match', record, reason: match.reason };
  return { kind: 'layer-call', record, call: readCall(record, match.action) };
}

function forgedCallOf(
  value: unknown,
  record: CloudTrailRecord,
  ownAccount: string | undefined,
): Call | undefined {
  const envelope = readEnvelope(value);
  const mismatch = envelope === undefined ? undefined : mismatchOf(record, envelope, ownAccount);
  return envelope === undefined || mismatch === undefined ? undefined : forgedCall(envelope, mismatch);
}
