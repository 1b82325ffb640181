import { lifecycleEventNamePrefixes, matchedEventNamePrefixes } from './event-pattern';
import { type WatchedCalls, watchedCalls } from './watched-calls';

/** The stack of a member account, and the beginning of the names of its rules, roles and queue. */
export const forwarderName = 'LayerwatchForwarder';

/** The role of a member account that the hub's functions assume. */
export const memberRoleName = 'LayerwatchReadOnly';

const detailType = ['AWS API Call via CloudTrail'] as const;

/**
 * What a member account forwards to the hub: the layer changes, and the functions that are created or deleted. One rule, because
 * its prefixes are of Lambda alone.
 */
const layerPattern = {
  source: ['aws.lambda'],
  'detail-type': detailType,
  detail: {
    eventName: [...matchedEventNamePrefixes, ...lifecycleEventNamePrefixes].map((prefix) => ({ prefix })),
  },
} as const;

/** Calls that stop a member account's trail: without one EventBridge receives nothing to forward. */
const trailPattern = {
  source: ['aws.cloudtrail'],
  'detail-type': detailType,
  detail: { eventName: actionsOf('aws.cloudtrail') },
} as const;

/** Calls that stop the forwarder itself; of other rules nothing is forwarded. */
const rulePattern = {
  source: ['aws.events'],
  'detail-type': detailType,
  detail: {
    eventName: ['DisableRule', 'DeleteRule', 'RemoveTargets', 'PutRule', 'PutTargets'],
    $or: [
      { requestParameters: { name: [{ prefix: forwarderName }] } },
      { requestParameters: { rule: [{ prefix: forwarderName }] } },
    ],
  },
} as const;

/** Calls on the roles and the queue of the forwarder. IAM's are events of us-east-1 alone, so in other regions the rule sees none. */
const accessPattern = {
  source: ['aws.iam', 'aws.sqs'],
  'detail-type': detailType,
  detail: {
    eventName: [...actionsOf('aws.iam'), ...actionsOf('aws.sqs')],
    $or: [
      { requestParameters: { roleName: [{ prefix: forwarderName }, memberRoleName] } },
      { requestParameters: { queueUrl: [{ wildcard: `*/${forwarderName}-*` }] } },
    ],
  },
} as const;

/** The rules that a forwarder has; each name begins with its own. */
export const forwarderRules = [
  { name: forwarderName, description: 'Layer changes of this account and region', pattern: layerPattern },
  {
    name: `${forwarderName}Trails`,
    description: 'Calls that stop a trail of this account',
    pattern: trailPattern,
  },
  {
    name: `${forwarderName}Rules`,
    description: 'Calls that stop the forwarder itself',
    pattern: rulePattern,
  },
  {
    name: `${forwarderName}Access`,
    description: 'Calls on the roles and the queue of the forwarder',
    pattern: accessPattern,
  },
] as const;

/** The rule by which the hub hears that a forwarder works. An hour, because each event costs (EventBridge, "Pricing"). */
export const heartbeatRule = {
  name: `${forwarderName}Heartbeat`,
  description: 'A sign each hour that this forwarder works',
  schedule: 'rate(1 hour)',
} as const;

/** All that the hub's bus admits. */
export const forwardedSources = ['aws.lambda', 'aws.cloudtrail', 'aws.events', 'aws.iam', 'aws.sqs'] as const;
export const heartbeatDetailType = 'Scheduled Event';
export const forwardedDetailTypes = [...detailType, heartbeatDetailType] as const;

/** Name and statement of the policy that lets a forwarder's rules put events on the hub's bus. */
export const forwardPolicyName = 'Forward';
export function forwardStatement(hubBusArn: string) {
  return { Action: 'events:PutEvents', Effect: 'Allow', Resource: hubBusArn } as const;
}

/** Name and statement of the policy of the role by which the hub reads an account. */
export const readPolicyName = 'Read';
export const readStatement = {
  Action: [
    'lambda:GetFunctionConfiguration',
    'lambda:GetLayerVersion',
    'lambda:GetPolicy',
    'lambda:ListAliases',
    'lambda:ListFunctions',
  ],
  Effect: 'Allow',
  Resource: '*',
} as const;

function actionsOf(source: WatchedCalls['source']): readonly string[] {
  return watchedCalls.flatMap((calls) => (calls.source === source ? calls.actions : []));
}
