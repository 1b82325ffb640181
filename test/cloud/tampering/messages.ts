import {
  GetTopicAttributesCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { OwnResources, Tampering } from './tampering';

const sns = new SNSClient({});
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

let QueueUrl: string | undefined;
let SubscriptionArn: string | undefined;

/** Subscribes a queue of its own, which needs no confirmation. */
async function subscribe(TopicArn: string): Promise<void> {
  const created = await sqs.send(new CreateQueueCommand({ QueueName: 'story-second-subscriber' }));
  QueueUrl = created.QueueUrl;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const Endpoint = Attributes?.['QueueArn'] ?? '';
  const subscribed = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  SubscriptionArn = subscribed.SubscriptionArn;
}

async function silenceSubscriber({ topicArn }: OwnResources): Promise<void> {
  await subscribe(topicArn);
  const filter = { AttributeName: 'FilterPolicy', AttributeValue: '{"never":["ever"]}' };
  await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, ...filter }));
}

async function setPolicyAgain(TopicArn: string): Promise<void> {
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  const AttributeValue = Attributes?.['Policy'] ?? '';
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
}

export const messageTamperings: readonly Tampering[] = [
  { action: 'SetSubscriptionAttributes', attack: silenceSubscriber },
  {
    action: 'Unsubscribe',
    attack: () => sns.send(new UnsubscribeCommand({ SubscriptionArn })),
    repair: () => sqs.send(new DeleteQueueCommand({ QueueUrl })),
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
