import { property } from '../../../lambda/detection/json';
import { detectorInvoker } from '../../aws/function-invoker';
import { findStack } from '../../aws/stack';
import { NotDoneError } from '../../errors';

/**
 * Invokes the deployed detector with matching records. It stores their alerts and notifies as if they had come by event; a record
 * that it has stored before is counted and not notified again.
 */
export async function forwardToDetector(stackName: string): Promise<(record: unknown) => Promise<void>> {
  const invoke = detectorInvoker(await findStack(stackName));
  return async (record) => {
    const failure = await invoke(envelopeOf(record));
    if (failure !== undefined)
      throw new NotDoneError(
        `the deployed detector failed on a record: ${failure}; fix that and run the same command again`,
      );
  };
}

/** An EventBridge event as the rule delivers it; a record from an envelope or from LookupEvents stays as it is. */
function envelopeOf(record: unknown): unknown {
  if (property(record, 'detail') !== undefined || property(record, 'CloudTrailEvent') !== undefined)
    return record;
  return { 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.lambda', detail: record };
}
