import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { plural } from '../../../../lambda/text/format';
import { type Check, failed, ok } from '../check';

/** Nothing waits in a dead-letter queue. */
export const queueChecks: readonly Check[] = ['UndeliveredEvents', 'FailedEvents'].map((name) => ({
  name: `queue ${name}`,
  async run(stack) {
    const QueueUrl = stack.physicalId('AWS::SQS::Queue', `Queues${name}`);
    // The address of a queue is its name; where it is asked is the client's.
    const client = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    const waiting = Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
    if (waiting === 0) return ok('empty');
    return failed(
      `${plural(waiting, 'event')} waiting`,
      'layerwatch redrive --dry-run says why; mend that, then layerwatch redrive',
    );
  },
}));
