import { parseFunctionName } from './arn';
import type { FunctionArn } from './brands';
import { answeredLayers, readAskedLayers, readFunctionTarget } from './call';
import { matchedEventSource } from './event-pattern';
import { parameter, text } from './json';
import type { CloudTrailRecord } from './record';

/** A function that was created or deleted. */
export interface FunctionLifecycle {
  readonly functionArn: FunctionArn;
  readonly verb: 'created' | 'deleted';
  /** Ordered layer versions of a new function; `undefined` where they are not known, and after a deletion. */
  readonly layers: readonly string[] | undefined;
}

/**
 * Exactly these, with or without the API's version: `DeleteFunctionConcurrency`, `CreateFunctionUrlConfig` and their like
 * begin alike and touch no layers.
 */
const lifecycleEventName = /^(Create|Delete)Function(\d|$)/;

/**
 * Reads a successful CreateFunction or DeleteFunction. A function that is created begins with the layers of that call; one
 * that takes the name of a deleted one is compared with it, see `history.ts`.
 */
export function readFunctionLifecycle(record: CloudTrailRecord): FunctionLifecycle | undefined {
  const [, verb] = lifecycleEventName.exec(record.eventName) ?? [];
  if (verb === undefined || record.eventSource !== matchedEventSource || record.failed) return undefined;
  const functionArn = readFunctionTarget(record).arn;
  if (functionArn === undefined) return undefined;
  if (verb === 'Create') return { functionArn, verb: 'created', layers: initialLayers(record) };
  return deletesVersion(record) ? undefined : { functionArn, verb: 'deleted', layers: undefined };
}

function initialLayers(record: CloudTrailRecord): readonly string[] | undefined {
  const { asked } = readAskedLayers(record);
  if (asked.kind === 'layers') return asked.layers;
  return answeredLayers(record) ?? (asked.kind === 'no-layers' ? [] : undefined);
}

/** With a qualifier only a version of the function goes. */
function deletesVersion({ requestParameters }: CloudTrailRecord): boolean {
  const written = parseFunctionName(text(parameter(requestParameters, 'functionName')) ?? '');
  return (written?.qualifier ?? text(parameter(requestParameters, 'qualifier'))) !== undefined;
}
