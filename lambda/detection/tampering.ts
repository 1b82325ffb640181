import { type Call, readFunctionTarget, type Target } from './call';
import { lifecycleEventNamePrefixes, matchedEventNamePrefixes } from './event-pattern';
import { forwarderName } from './forwarded-pattern';
import { property, text } from './json';
import type { CloudTrailRecord } from './record';

interface Watched {
  /** Source of EventBridge's events. */
  readonly source: string;
  readonly eventSource: string;
  /** Actions; Lambda's carry the version of the API behind the name. */
  readonly actions: readonly string[];
  /** Request parameters that name what the call is about. */
  readonly parameters: readonly string[];
  /** Whether it matters whatever it is about: without a trail EventBridge receives no call of Lambda. */
  readonly always?: true;
}

/** Calls that can make Layerwatch blind or silent. */
const watched: readonly Watched[] = [
  {
    source: 'aws.cloudtrail',
    eventSource: 'cloudtrail.amazonaws.com',
    actions: ['StopLogging', 'DeleteTrail', 'PutEventSelectors', 'UpdateTrail'],
    parameters: ['name', 'trailName'],
    always: true,
  },
  {
    source: 'aws.events',
    eventSource: 'events.amazonaws.com',
    actions: ['DisableRule', 'DeleteRule', 'RemoveTargets', 'PutRule', 'PutTargets'],
    parameters: ['name', 'rule'],
  },
  {
    source: 'aws.sns',
    eventSource: 'sns.amazonaws.com',
    actions: ['Unsubscribe', 'DeleteTopic', 'SetTopicAttributes', 'SetSubscriptionAttributes'],
    parameters: ['topicArn', 'subscriptionArn'],
  },
  {
    source: 'aws.dynamodb',
    eventSource: 'dynamodb.amazonaws.com',
    actions: ['DeleteTable', 'UpdateTable', 'UpdateTimeToLive', 'UpdateContinuousBackups'],
    parameters: ['tableName'],
  },
  {
    source: 'aws.sqs',
    eventSource: 'sqs.amazonaws.com',
    actions: ['DeleteQueue', 'PurgeQueue', 'SetQueueAttributes'],
    parameters: ['queueUrl'],
  },
  {
    source: 'aws.monitoring',
    eventSource: 'monitoring.amazonaws.com',
    actions: ['DeleteAlarms', 'DisableAlarmActions'],
    parameters: ['alarmNames'],
  },
  {
    source: 'aws.iam',
    eventSource: 'iam.amazonaws.com',
    actions: [
      'DeleteRole',
      'DeleteRolePolicy',
      'PutRolePolicy',
      'PutRolePermissionsBoundary',
      'UpdateAssumeRolePolicy',
    ],
    parameters: ['roleName'],
  },
  {
    source: 'aws.lambda',
    eventSource: 'lambda.amazonaws.com',
    actions: [
      'DeleteFunction',
      'UpdateFunctionCode',
      'UpdateFunctionConfiguration',
      'PutFunctionConcurrency',
      'RemovePermission',
      'PutFunctionEventInvokeConfig',
      'DeleteFunctionEventInvokeConfig',
    ],
    parameters: ['functionName'],
  },
];

/** Beginnings of names that another rule hands over already. */
const handedOver: readonly string[] = [...matchedEventNamePrefixes, ...lifecycleEventNamePrefixes];

const ownEventNames = [...new Set(watched.flatMap(({ actions }) => actions))].filter(
  (action) => !handedOver.some((prefix) => action.startsWith(prefix)),
);

/** What EventBridge hands to the detector of such calls; whether they are about Layerwatch is decided in code. */
export const tamperingEventPattern = {
  source: watched.map(({ source }) => source),
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventName: ownEventNames.map((prefix) => ({ prefix })),
  },
} as const;

/**
 * Reads a successful call that stops a trail, or that changes what the stack has made. `ownNamePrefix` is the beginning of
 * the names of its resources; a call on a function of its own that sets layers is a layer change like any other.
 */
export function readTampering(record: CloudTrailRecord, ownNamePrefix: string | undefined): Call | undefined {
  if (record.failed) return undefined;
  const entry = watched.find(
    ({ eventSource, actions }) =>
      record.eventSource === eventSource && actions.some((action) => isCallOf(record, action)),
  );
  if (entry === undefined || property(record.requestParameters, 'layers') != null) return undefined;
  const names = entry.parameters.flatMap((key) => namesAt(record, key));
  const name = entry.always ? (names[0] ?? 'unknown') : names.find((each) => isOwn(each, ownNamePrefix));
  if (name === undefined) return undefined;
  return {
    target: entry.source === 'aws.lambda' ? readFunctionTarget(record) : targetOf(record, name, entry.always),
    asked: { kind: 'tampering', action: record.eventName },
    problems: [],
  };
}

function targetOf(record: CloudTrailRecord, name: string, isTrail = false): Target {
  return {
    type: isTrail ? 'trail' : 'resource',
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

/** Names and ARNs alike: a part of it begins as the names of the stack's resources do, or as those of a forwarder's. */
function isOwn(name: string, ownNamePrefix: string | undefined): boolean {
  const parts = name.split(/[:/]/);
  return parts.some(
    (part) =>
      part.startsWith(forwarderName) || (ownNamePrefix !== undefined && part.startsWith(ownNamePrefix)),
  );
}
