import { lifecycleEventNamePrefixes, matchedEventNamePrefixes } from './event-pattern';

/** Calls of one service that can stop Layerwatch, or what it depends on. */
export interface WatchedCalls {
  /** Source of EventBridge's events. */
  readonly source: string;
  readonly eventSource: string;
  /** Actions; Lambda's carry the version of the API behind the name. */
  readonly actions: readonly string[];
  /** Request parameters that name what the call is about: a name, an ARN, a URL, or a list of them. */
  readonly parameters: readonly string[];
  /** Whether the call matters whatever it is about: without a trail EventBridge receives no call of Lambda. */
  readonly isAlwaysWatched?: true;
  /** Whether the parameters name a stack itself, and not what a stack has made. */
  readonly namesStack?: true;
}

/** Calls that can make Layerwatch blind or silent. One table: rules, prefilter, sweep and classifier follow from it. */
export const watchedCalls: readonly WatchedCalls[] = [
  {
    source: 'aws.cloudtrail',
    eventSource: 'cloudtrail.amazonaws.com',
    actions: ['StopLogging', 'DeleteTrail', 'PutEventSelectors', 'UpdateTrail'],
    parameters: ['name', 'trailName'],
    isAlwaysWatched: true,
  },
  {
    source: 'aws.events',
    eventSource: 'events.amazonaws.com',
    actions: [
      'DisableRule',
      'DeleteRule',
      'RemoveTargets',
      'PutRule',
      'PutTargets',
      'DeleteEventBus',
      'UpdateEventBus',
      'PutPermission',
      'RemovePermission',
    ],
    parameters: ['name', 'rule', 'eventBusName'],
  },
  {
    source: 'aws.sns',
    eventSource: 'sns.amazonaws.com',
    actions: [
      'Unsubscribe',
      'DeleteTopic',
      'SetTopicAttributes',
      'SetSubscriptionAttributes',
      'AddPermission',
      'RemovePermission',
      'PutDataProtectionPolicy',
    ],
    parameters: ['topicArn', 'subscriptionArn', 'resourceArn'],
  },
  {
    source: 'aws.dynamodb',
    eventSource: 'dynamodb.amazonaws.com',
    actions: [
      'DeleteTable',
      'UpdateTable',
      'UpdateTimeToLive',
      'UpdateContinuousBackups',
      'PutResourcePolicy',
    ],
    parameters: ['tableName', 'resourceArn'],
  },
  {
    source: 'aws.sqs',
    eventSource: 'sqs.amazonaws.com',
    actions: ['DeleteQueue', 'PurgeQueue', 'SetQueueAttributes', 'AddPermission', 'RemovePermission'],
    parameters: ['queueUrl'],
  },
  {
    source: 'aws.monitoring',
    eventSource: 'monitoring.amazonaws.com',
    actions: ['DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm', 'SetAlarmState'],
    parameters: ['alarmNames', 'alarmName'],
  },
  {
    source: 'aws.iam',
    eventSource: 'iam.amazonaws.com',
    actions: [
      'DeleteRole',
      'DeleteRolePolicy',
      'PutRolePolicy',
      'AttachRolePolicy',
      'DetachRolePolicy',
      'PutRolePermissionsBoundary',
      'DeleteRolePermissionsBoundary',
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
      'AddPermission',
      'RemovePermission',
      'PutFunctionEventInvokeConfig',
      'UpdateFunctionEventInvokeConfig',
      'DeleteFunctionEventInvokeConfig',
      'UpdateEventSourceMapping',
      'DeleteEventSourceMapping',
    ],
    parameters: ['functionName'],
  },
  {
    source: 'aws.cloudformation',
    eventSource: 'cloudformation.amazonaws.com',
    // A deployment with the CDK executes a change set, so that each deployment of Layerwatch is notified too.
    actions: [
      'DeleteStack',
      'UpdateStack',
      'ExecuteChangeSet',
      'SetStackPolicy',
      'UpdateTerminationProtection',
    ],
    parameters: ['stackName'],
    namesStack: true,
  },
  {
    source: 'aws.kms',
    eventSource: 'kms.amazonaws.com',
    actions: ['DisableKey', 'ScheduleKeyDeletion', 'PutKeyPolicy', 'RevokeGrant', 'RetireGrant'],
    parameters: ['keyId'],
  },
  {
    source: 'aws.logs',
    eventSource: 'logs.amazonaws.com',
    actions: ['DeleteLogGroup'],
    parameters: ['logGroupName'],
  },
  {
    source: 'aws.chatbot',
    eventSource: 'chatbot.amazonaws.com',
    actions: ['DeleteSlackChannelConfiguration', 'UpdateSlackChannelConfiguration'],
    parameters: ['chatConfigurationArn', 'ChatConfigurationArn'],
  },
];

/** Beginnings of names that another rule hands over already. */
const otherPrefixes: readonly string[] = [...matchedEventNamePrefixes, ...lifecycleEventNamePrefixes];

const ownEventNames = [...new Set(watchedCalls.flatMap(({ actions }) => actions))].filter(
  (action) => !otherPrefixes.some((prefix) => action.startsWith(prefix)),
);

/** What EventBridge hands to the detector of such calls; whether they are about Layerwatch is decided in code. */
export const tamperingEventPattern = {
  source: watchedCalls.map(({ source }) => source),
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventName: ownEventNames.map((prefix) => ({ prefix })),
  },
} as const;

/** Beginnings of the event names of all records that the classifier may not drop; for a search through logs. */
export const classifiedEventNamePrefixes: readonly string[] = [...otherPrefixes, ...ownEventNames];
