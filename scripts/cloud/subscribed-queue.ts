import { SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Cleanup } from './cleanup';
import { policy } from './workload';

export interface SubscribedQueue {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
}

/** Makes a queue, and subscribes it to a topic that it admits alone; `isRaw` delivers the messages without SNS's envelope. */
export async function subscribeNewQueue(
  topicArn: string,
  QueueName: string,
  cleanup: Cleanup,
  { isRaw }: { readonly isRaw: boolean },
): Promise<SubscribedQueue> {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
  cleanup.add(`queue ${QueueName}`, () => sqs.send(new DeleteQueueCommand({ QueueUrl })));
  const Endpoint = await admitTopic(sqs, QueueUrl, topicArn);
  const sns = new SNSClient({});
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint,
      Attributes: { RawMessageDelivery: String(isRaw) },
      ReturnSubscriptionArn: true,
    }),
  );
  cleanup.add(`subscription of ${QueueName}`, () => sns.send(new UnsubscribeCommand({ SubscriptionArn })));
  return { sqs, queueUrl: QueueUrl };
}

/** Answers with the ARN of the queue. */
async function admitTopic(sqs: SQSClient, QueueUrl: string, topicArn: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const Resource = Attributes?.['QueueArn'] ?? '';
  const Policy = policy({
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource,
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  return Resource;
}
