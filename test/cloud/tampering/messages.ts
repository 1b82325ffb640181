import {
  GetTopicAttributesCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { PurgeQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Tampering } from './tampering';

const sns = new SNSClient({});
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

/** A subscription that waits for its confirmation, which is nobody's. */
async function subscribe(TopicArn: string): Promise<string> {
  const { SubscriptionArn = '' } = await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'email',
      Endpoint: 'story@example.com',
      ReturnSubscriptionArn: true,
    }),
  );
  return SubscriptionArn;
}

async function setPolicyAgain(TopicArn: string): Promise<void> {
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  const AttributeValue = Attributes?.['Policy'] ?? '';
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
}

export const messageTamperings: readonly Tampering[] = [
  {
    action: 'Unsubscribe',
    attack: async ({ topicArn }) =>
      sns.send(new UnsubscribeCommand({ SubscriptionArn: await subscribe(topicArn) })),
  },
  {
    action: 'SetSubscriptionAttributes',
    attack: async ({ topicArn }) =>
      sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn: await subscribe(topicArn),
          AttributeName: 'FilterPolicy',
          AttributeValue: '{"never":["ever"]}',
        }),
      ),
  },
  {
    action: 'SetTopicAttributes',
    attack: ({ topicArn }) => setPolicyAgain(topicArn),
  },
  {
    action: 'PurgeQueue',
    attack: ({ failedEventsUrl }) => sqs.send(new PurgeQueueCommand({ QueueUrl: failedEventsUrl })),
  },
  {
    action: 'SetQueueAttributes',
    attack: ({ failedEventsUrl }) =>
      sqs.send(
        new SetQueueAttributesCommand({ QueueUrl: failedEventsUrl, Attributes: { DelaySeconds: '0' } }),
      ),
  },
];
