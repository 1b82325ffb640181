import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { plural } from '../../../../lambda/text/format';
import { type Check, failed, ok } from '../check';

/** The dead-letter queues are empty. */
export const queueChecks: readonly Check[] = ['UndeliveredEvents', 'FailedEvents'].map((name) => ({
  name: `queue ${name}`,
  async run(stack) {
    const QueueUrl = stack.physicalId('AWS::SQS::Queue', `Queues${name}`);
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
      `${plural(queued, 'event')} queued`,
      'layerwatch redrive --dry-run shows the reason; fix that, then run layerwatch redrive',
    );
  },
}));
