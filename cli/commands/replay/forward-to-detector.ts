import { property } from '../../../lambda/detection/json';
import { detectorOf } from '../../aws/detector-invoker';
import { findStack } from '../../aws/stack';
import { NotDoneError } from '../../errors';

/**
 * Hands matching records to the deployed detector, which stores their alerts and tells people as if they had come by event; what
 * it knows already is counted there and told nowhere again.
 */
export async function forwardToDetector(stackName: string): Promise<(record: unknown) => Promise<void>> {
  const hand = detectorOf(await findStack(stackName));
  return async (record) => {
    const failure = await hand(envelopeOf(record));
    if (failure !== undefined)
      throw new NotDoneError(
        `the deployed detector failed on a record: ${failure}; mend that and run the same command again`,
      );
  };
}

/** An EventBridge event as the rule hands it over; a record from an envelope or from LookupEvents is read as it is. */
function envelopeOf(record: unknown): unknown {
  if (property(record, 'detail') !== undefined || property(record, 'CloudTrailEvent') !== undefined)
    return record;
  return { 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.lambda', detail: record };
}
