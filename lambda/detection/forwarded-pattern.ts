import { lifecycleEventNamePrefixes, matchedEventNamePrefixes } from './event-pattern';

/** The stack of a member account, and the beginning of the names of its rules and roles. */
export const forwarderName = 'LayerwatchForwarder';

const detailType = ['AWS API Call via CloudTrail'] as const;

/**
 * What a member account forwards to the hub: the layer changes, and the functions that are created or deleted. One rule, because
 * its prefixes are of Lambda alone.
 */
export const forwardedEventPattern = {
  source: ['aws.lambda'],
  'detail-type': detailType,
  detail: {
    eventName: [...matchedEventNamePrefixes, ...lifecycleEventNamePrefixes].map((prefix) => ({ prefix })),
  },
} as const;

/** Calls that stop a member account's trail: without one EventBridge receives nothing to forward. */
export const forwardedTrailPattern = {
  source: ['aws.cloudtrail'],
  'detail-type': detailType,
  detail: { eventName: ['StopLogging', 'DeleteTrail', 'PutEventSelectors', 'UpdateTrail'] },
} as const;

/** Calls that stop the forwarder itself; of other rules nothing is forwarded. */
export const forwardedRulePattern = {
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

/** All that the hub's bus admits. */
export const forwardedSources = ['aws.lambda', 'aws.cloudtrail', 'aws.events'] as const;
export const forwardedDetailType = detailType[0];
