import { definedOnly } from '../text/format';
import {
  answeredLayers,
  type Call,
  problemOfParameters,
  readAskedLayers,
  readFunctionTarget,
  type Target,
} from './call';
import { matchedEventNamePrefixes } from './event-pattern';
import { parameter, text } from './json';
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
  const names = namesOf(record, entry);
  const name = entry.isAlwaysWatched ? names[0] : names.find((each) => isOwn(each, entry, own));
  const problem = names.length > 0 ? undefined : problemOfParameters(record);
  const mayBeOwn = problem !== undefined && own.ownNamePrefix !== undefined && !isOfTheRule(record);
  if (name === undefined && !entry.isAlwaysWatched && !mayBeOwn) return undefined;
  return {
    target: entry.source === 'aws.lambda' ? readFunctionTarget(record) : targetOf(record, name, entry),
    asked: {
      kind: 'tampering',
      action: record.eventName,
      layers: entry.source === 'aws.lambda' ? layersOf(record) : undefined,
      ...definedOnly({ rule: ruleOf(record, entry) }),
    },
    problems: problem === undefined ? [] : [`${problem}: what the call is about is not known`],
  };
}

/** A call of the rule has an alert in any case. */
function isOfTheRule({ eventName }: CloudTrailRecord): boolean {
  return matchedEventNamePrefixes.some((prefix) => eventName.startsWith(prefix));
}

/** What the call is about. The response of a call of Lambda names the function, where the request does not. */
function namesOf(record: CloudTrailRecord, { source, parameters }: WatchedCalls): readonly string[] {
  const asked = parameters.flatMap((key) => namesAt(record.requestParameters, key));
  return source === 'aws.lambda' ? [...asked, ...namesAt(record.responseElements, 'functionArn')] : asked;
}

function ruleOf({ requestParameters }: CloudTrailRecord, { source }: WatchedCalls) {
  const name = text(parameter(requestParameters, 'name')) ?? text(parameter(requestParameters, 'rule'));
  if (source !== 'aws.events' || name === undefined) return undefined;
  return { name, eventBusName: text(parameter(requestParameters, 'eventBusName')) };
}

/** Layers that the call set on a function of Layerwatch's own. */
function layersOf(record: CloudTrailRecord): readonly string[] | undefined {
  const { asked } = readAskedLayers(record);
  if (asked.kind === 'layers') return asked.layers;
  const shown = asked.kind === 'unreadable' ? (answeredLayers(record) ?? asked.layers) : [];
  return shown.length === 0 ? undefined : shown;
}

function targetOf(
  record: CloudTrailRecord,
  name: string | undefined,
  { isAlwaysWatched }: WatchedCalls,
): Target {
  return {
    type: isAlwaysWatched ? 'trail' : 'resource',
    arn: name?.startsWith('arn:') ? name : undefined,
    name,
    account: record.recipientAccountId ?? record.identity.accountId,
    region: record.region,
  };
}

function isCallOf({ eventName }: CloudTrailRecord, action: string): boolean {
  return eventName === action || (eventName.startsWith(action) && /^\d/.test(eventName.slice(action.length)));
}

function namesAt(parameters: unknown, key: string): readonly string[] {
  const value = parameter(parameters, key);
  return Array.isArray(value) ? value.flatMap((each) => text(each) ?? []) : [text(value) ?? []].flat();
}

function isOwn(name: string, { source, namesStack }: WatchedCalls, own: Ownership): boolean {
  if (source === 'aws.kms') return isOwnKey(name, own);
  return namesStack === true ? isOwnStack(name, own) : isOwnName(name, own);
}
