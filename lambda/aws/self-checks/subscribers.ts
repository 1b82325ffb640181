import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';

/** How many subscriptions of a topic are confirmed. */
export async function confirmedSubscriptions(client: SNSClient, TopicArn: string): Promise<number> {
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
  return Number(Attributes?.['SubscriptionsConfirmed'] ?? 0);
}
