import { answeredLayers, type Call, readAskedLayers, readFunctionTarget, type Target } from './call';
import { forwarderName, memberRoleName } from './forwarded-pattern';
import { property, text } from './json';
import type { CloudTrailRecord } from './record';
import { isForwarderAsShipped } from './shipped-forwarder';
import { type WatchedCalls, watchedCalls } from './watched-calls';

/** What is known of the deployment that watches. */
export interface OwnDeployment {
  /** Beginning of the names of the stack's resources; `undefined` where it is not deployed. */
  readonly ownNamePrefix: string | undefined;
  /** The bus that forwarders send to; `undefined` where it is not deployed. */
  readonly hubBusArn?: string | undefined;
}

/**
 * Reads a successful call that stops a trail, or that changes what the stack or a forwarder has made. Any watched call on a function of
 * the stack's own is tampering, whatever it does to the function's layers. The deployment of a forwarder as it is shipped is none.
 */
export function readTampering(
  record: CloudTrailRecord,
  { ownNamePrefix, hubBusArn }: OwnDeployment,
): Call | undefined {
  if (record.failed || isForwarderAsShipped(record, hubBusArn)) return undefined;
  const entry = watchedCalls.find(
    ({ eventSource, actions }) =>
      record.eventSource === eventSource && actions.some((action) => isCallOf(record, action)),
  );
  if (entry === undefined) return undefined;
  const names = entry.parameters.flatMap((key) => namesAt(record, key));
  const name = entry.isAlwaysWatched
    ? (names[0] ?? 'unknown')
    : names.find((each) => isOwn(each, ownNamePrefix));
  if (name === undefined) return undefined;
  return {
    target: entry.source === 'aws.lambda' ? readFunctionTarget(record) : targetOf(record, name, entry),
    asked: { kind: 'tampering', action: record.eventName, layers: layersOf(record) },
    problems: [],
  };
}

/** Layers that the call set on a function of Layerwatch's own. */
function layersOf(record: CloudTrailRecord): readonly string[] {
  const { asked } = readAskedLayers(record);
  if (asked.kind === 'layers') return asked.layers;
  return asked.kind === 'unreadable' ? (answeredLayers(record) ?? asked.layers) : [];
}

function targetOf(record: CloudTrailRecord, name: string, { isAlwaysWatched }: WatchedCalls): Target {
  return {
    type: isAlwaysWatched ? 'trail' : 'resource',
    arn: name.startsWith('arn:') ? name : undefined,
    name,
    account: record.recipientAccountId ?? record.identity.accountId,
    region: record.region,
  };
}

function isCallOf({ eventName }: CloudTrailRecord, action: string): boolean {
  return eventName === action || (eventName.startsWith(action) && /^\d/.test(eventName.slice(action.length)));
}

function namesAt({ requestParameters }: CloudTrailRecord, key: string): readonly string[] {
  const value = property(requestParameters, key);
  return Array.isArray(value) ? value.flatMap((each) => text(each) ?? []) : [text(value) ?? []].flat();
}

/** Names and ARNs alike: a part of it begins as the names of the stack's resources do, or as those of a forwarder's, or it is the role of a member account. */
function isOwn(name: string, ownNamePrefix: string | undefined): boolean {
  const parts = name.split(/[:/]/);
  return parts.some(
    (part) =>
      part.startsWith(forwarderName) ||
      part === memberRoleName ||
      (ownNamePrefix !== undefined && part.startsWith(ownNamePrefix)),
  );
}
