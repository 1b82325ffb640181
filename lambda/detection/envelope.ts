import { property, text } from './json';
import type { CloudTrailRecord } from './record';

/** What EventBridge says of an event, apart from what the event says of itself. */
export interface Envelope {
  /** Account in which the event arose; EventBridge sets it, and keeps it when it hands an event on to another account. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly source: string | undefined;
}

/** `undefined` for a record that came without an envelope, from a log or from LookupEvents. */
export function readEnvelope(value: unknown): Envelope | undefined {
  if (property(value, 'detail') === undefined) return undefined;
  const [account, region, source] = ['account', 'region', 'source'].map((key) => text(property(value, key)));
  return account === undefined && source === undefined ? undefined : { account, region, source };
}

/**
 * Why a record cannot be what its envelope says, in words; `undefined` where the two agree. Nobody but AWS can put an event
 * whose source begins with `aws.`, and CloudTrail delivers a record in the account and region that the record names. A record that
 * names no account is believed in the own account only.
 */
export function mismatchOf(
  record: CloudTrailRecord,
  { account, region, source }: Envelope,
  ownAccount: string | undefined,
): string | undefined {
  const { recipientAccountId, region: claimedRegion, eventSource } = record;
  if (account !== undefined && recipientAccountId !== undefined && recipientAccountId !== account)
    return `the record claims to be of account ${recipientAccountId}, and the event came from account ${account}`;
  if (recipientAccountId === undefined && ownAccount !== undefined && account !== ownAccount)
    return `the record names no account, and the event came from account ${account ?? 'unknown'}`;
  if (region !== undefined && claimedRegion !== undefined && claimedRegion !== region)
    return `the record claims to be of region ${claimedRegion}, and the event came from region ${region}`;
  if (source !== undefined && eventSource !== undefined && source !== sourceOf(eventSource))
    return `the record claims to be of ${eventSource}, and the event came from source ${source}`;
  return undefined;
}

/** `lambda.amazonaws.com` is delivered from source `aws.lambda`. */
function sourceOf(eventSource: string): string {
  return `aws.${eventSource.replace(/\.amazonaws\.com(\.cn)?$/, '')}`;
}
