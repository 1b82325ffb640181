import { watchedCalls } from './watched-calls';

/**
 * Names that CloudTrail writes with the version of Lambda's API (Lambda, "Logging AWS Lambda API calls using AWS CloudTrail", and
 * real records). LookupEvents compares whole names, so each has to be known. Those without a version were announced in 2021.
 */
const versionedLambdaNames: Readonly<Record<string, readonly string[]>> = {
  UpdateFunctionConfiguration: [
    'UpdateFunctionConfiguration20150331v2',
    'UpdateFunctionConfiguration20150331',
    'UpdateFunctionConfiguration',
  ],
  PublishLayerVersion: ['PublishLayerVersion20181031', 'PublishLayerVersion'],
  CreateFunction: ['CreateFunction20150331'],
  DeleteFunction: ['DeleteFunction20150331'],
  UpdateFunctionCode: ['UpdateFunctionCode20150331v2', 'UpdateFunctionCode20150331'],
  PutFunctionConcurrency: ['PutFunctionConcurrency20171031'],
  AddPermission: ['AddPermission20150331v2', 'AddPermission20150331'],
  UpdateEventSourceMapping: ['UpdateEventSourceMapping20150331'],
  DeleteEventSourceMapping: ['DeleteEventSourceMapping20150331'],
  RemovePermission: ['RemovePermission20150331v2', 'RemovePermission20150331'],
};

/** The exact names under which CloudTrail writes calls of these actions. */
export function eventNamesOf(actions: readonly string[]): readonly string[] {
  return actions.flatMap((action) => versionedLambdaNames[action] ?? [action]);
}

/** Names that are calls of other services, too, are asked for once. */
const tamperingNames = eventNamesOf(watchedCalls.flatMap(({ actions }) => actions));

/** Calls that change layers and functions, which a busy account makes by the thousand. */
export const functionEventNames = eventNamesOf([
  'PublishLayerVersion',
  'CreateFunction',
  'DeleteFunction',
  'UpdateFunctionConfiguration',
]);

/**
 * Exact names that the sweep asks for. Calls that stop Layerwatch come first, so that a flood of harmless updates, which
 * come last, keeps the sweep from none of them.
 */
export const sweptEventNames: readonly string[] = [
  ...new Set([...tamperingNames.filter((name) => !functionEventNames.includes(name)), ...functionEventNames]),
];
