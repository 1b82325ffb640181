/** `eventSource` of every Lambda call; ECS calls it `event.provider`. */
export const matchedEventSource = 'lambda.amazonaws.com';

/** CloudTrail appends the API's date and version to an action's name, so actions are known by their beginning. */
export const matchedEventNamePrefixes = ['PublishLayerVersion', 'UpdateFunctionConfiguration'] as const;

/** Calls after which a function's layers are others than those last seen under its name. */
export const lifecycleEventNamePrefixes = ['CreateFunction', 'DeleteFunction'] as const;

/**
 * Exact names that the sweep asks for, because LookupEvents knows no prefixes: those that CloudTrail writes today, and those
 * without a version that it announced (AWS, 2021). The last six stop the events themselves.
 */
export const sweptEventNames = [
  'UpdateFunctionConfiguration20150331v2',
  'UpdateFunctionConfiguration20150331',
  'UpdateFunctionConfiguration',
  'PublishLayerVersion20181031',
  'PublishLayerVersion',
  'CreateFunction20150331',
  'DeleteFunction20150331',
  'StopLogging',
  'DeleteTrail',
  'PutEventSelectors',
  'DisableRule',
  'DeleteRule',
  'RemoveTargets',
] as const;

/**
 * The same for member accounts, where each name costs a request in each region: the names that CloudTrail writes today, and the two
 * calls that stop it.
 */
export const memberSweptEventNames = [
  'UpdateFunctionConfiguration20150331v2',
  'PublishLayerVersion20181031',
  'StopLogging',
  'DeleteTrail',
] as const;

/**
 * Texts of which every record that may matter contains one: `teFunction` is in create, update and delete. For a search
 * through logs, which costs one pass for each text.
 */
export const prefilterTerms = ['PublishLayerVersion', 'teFunction'] as const;

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
