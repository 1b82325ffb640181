import { answeredLayers, type Call, readAskedLayers, readFunctionTarget, type Target } from './call';
import { property, text } from './json';
import { isOwnKey, isOwnName, isOwnStack, type Ownership } from './own-names';
import type { CloudTrailRecord } from './record';
import { isForwarderAsShipped } from './shipped-forwarder';
import { type WatchedCalls, watchedCalls } from './watched-calls';

/**
 * Reads a successful call that stops a trail, or that changes what the stack or a forwarder has made. Any watched call on a function of
 * the stack's own is tampering, whatever it does to the function's layers. The deployment of a forwarder as it is shipped is none.
 */
export function readTampering(record: CloudTrailRecord, own: Ownership): Call | undefined {
  if (record.failed || isForwarderAsShipped(record, own.hubBusArn)) return undefined;
  const entry = watchedCalls.find(
    ({ eventSource, actions }) =>
      record.eventSource === eventSource && actions.some((action) => isCallOf(record, action)),
  );
  if (entry === undefined) return undefined;
  const names = entry.parameters.flatMap((key) => namesAt(record, key));
  const name = entry.isAlwaysWatched
    ? (names[0] ?? 'unknown')
    : names.find((each) => isOwn(each, entry, own));
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

function isOwn(name: string, { source, namesStack }: WatchedCalls, own: Ownership): boolean {
  if (source === 'aws.kms') return isOwnKey(name, own);
  return namesStack === true ? isOwnStack(name, own) : isOwnName(name, own);
}
