import { parseFunctionName } from './arn';
import { keepable, type LayersAfter } from './baseline';
import { answeredLayers, readAskedLayers, readFunctionTarget } from './call';
import { matchedEventSource } from './event-pattern';
import { property, text } from './json';
import type { CloudTrailRecord } from './record';

/** A function that came or went, and what that leaves of its layers. */
export interface Lifecycle {
  readonly functionArn: string;
  readonly after: LayersAfter;
}

/**
 * Exactly these, with or without the API's version: `DeleteFunctionConcurrency`, `CreateFunctionUrlConfig` and their like
 * begin alike and touch no layers.
 */
const lifecycleEventName = /^(Create|Delete)Function(\d|$)/;

/**
 * Reads a successful CreateFunction or DeleteFunction. A function that is created begins with the layers of that call; of
 * one that was deleted nothing is known any more, so that a function of the same name does not inherit its baseline.
 */
export function readFunctionLifecycle(record: CloudTrailRecord): Lifecycle | undefined {
  const [, verb] = lifecycleEventName.exec(record.eventName) ?? [];
  if (verb === undefined || record.eventSource !== matchedEventSource || record.failed) return undefined;
  const functionArn = readFunctionTarget(record).arn;
  if (functionArn === undefined) return undefined;
  if (verb === 'Create') return { functionArn, after: initialLayers(record) };
  return deletesVersion(record) ? undefined : { functionArn, after: 'unknown' };
}

function initialLayers(record: CloudTrailRecord): LayersAfter {
  const { asked } = readAskedLayers(record);
  if (asked.kind === 'layers') return keepable(asked.layers);
  const answered = answeredLayers(record);
  if (answered !== undefined) return keepable(answered);
  return asked.kind === 'no-layers' ? [] : 'unknown';
}

/** With a qualifier only a version of the function goes. */
function deletesVersion({ requestParameters }: CloudTrailRecord): boolean {
  const written = parseFunctionName(text(property(requestParameters, 'functionName')) ?? '');
  return (written?.qualifier ?? text(property(requestParameters, 'qualifier'))) !== undefined;
}
