import { SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Cleanup } from '../../scripts/cloud/cleanup';
import { policy } from '../../scripts/cloud/workload';

/** A queue that gets the texts of the topic of the alarms. */
export class AlarmInbox {
  private readonly texts: string[] = [];

  private constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
  ) {}

  static async subscribe(TopicArn: string, QueueName: string, cleanup: Cleanup): Promise<AlarmInbox> {
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
    cleanup.add(`queue ${QueueName}`, () => sqs.send(new DeleteQueueCommand({ QueueUrl })));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const Endpoint = Attributes?.['QueueArn'] ?? '';
    const Policy = policy({
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: Endpoint,
      Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    const sns = new SNSClient({});
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint,
        Attributes: { RawMessageDelivery: 'true' },
        ReturnSubscriptionArn: true,
      }),
    );
    cleanup.add(`subscription of ${QueueName}`, () => sns.send(new UnsubscribeCommand({ SubscriptionArn })));
    return new AlarmInbox(sqs, QueueUrl);
  }

  /** The first text, of those that came and those that come, that has all the parts; `undefined` after the time. */
  async until(parts: readonly string[], timeoutMilliseconds: number): Promise<string | undefined> {
    const deadline = Date.now() + timeoutMilliseconds;
    const found = () => this.texts.find((text) => parts.every((part) => text.includes(part)));
    while (found() === undefined && Date.now() < deadline) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.queueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
        }),
      );
      this.texts.push(...Messages.map(({ Body = '' }) => Body));
    }
    return found();
  }
}
