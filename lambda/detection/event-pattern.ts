/** `eventSource` of every Lambda call; ECS calls it `event.provider`. */
export const matchedEventSource = 'lambda.amazonaws.com';

/** CloudTrail appends the API's date and version to an action's name, so actions are known by their beginning. */
export const matchedEventNamePrefixes = ['PublishLayerVersion', 'UpdateFunctionConfiguration'] as const;

/** Calls after which a function's layers are others than those last seen under its name. */
export const lifecycleEventNamePrefixes = ['CreateFunction', 'DeleteFunction'] as const;

/**
 * What EventBridge hands to the detector. The call's outcome is not part of it: a pattern cannot say "absent, null or
 * empty" of `errorCode` without dropping one of the three, and denied attempts are context of a later success. Nor are
 * the layers: an empty list counts as absent, a list of objects too.
 */
export const eventPattern = {
  source: ['aws.lambda'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventName: matchedEventNamePrefixes.map((prefix) => ({ prefix })),
  },
} as const;

/** What EventBridge hands to the detector beside it, to know which functions are new under a name. */
export const lifecycleEventPattern = {
  source: ['aws.lambda'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventName: lifecycleEventNamePrefixes.map((prefix) => ({ prefix })),
  },
} as const;
