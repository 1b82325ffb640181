import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { plural } from '../../../../lambda/text/format';
import { type Check, type CheckOutcome, failed, noTrailBucket, ok, skipped } from '../check';

/** The dead-letter queues are empty. */
export const queueChecks: readonly Check[] = [
  ...['UndeliveredEvents', 'FailedEvents'].map(
    (name) =>
      ({
        name: `queue ${name}`,
        run: (stack) => checkQueue(stack.physicalId('AWS::SQS::Queue', `Queues${name}`), 'event'),
      }) satisfies Check,
  ),
  {
    name: 'queue UndecidedObjects',
    run: async (stack) => {
      const url = stack.findPhysicalId('AWS::SQS::Queue', 'TrailUndecidedObjects');
      return url === undefined ? skipped(noTrailBucket) : checkQueue(url, 'notice');
    },
  },
];

async function checkQueue(QueueUrl: string, noun: string): Promise<CheckOutcome> {
  // The address of a queue is its name; the client decides where to ask.
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  const queued = Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
  if (queued === 0) return ok('empty');
  return failed(
    `${plural(queued, noun)} queued`,
    'layerwatch redrive --dry-run shows the reason; fix that, then run layerwatch redrive',
  );
}
