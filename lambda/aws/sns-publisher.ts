import {
  InvalidParameterException,
  InvalidParameterValueException,
  PublishCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { metric } from '../contract';
import { plainNotification, toSnsMessage } from '../notification/message';
import type { Notification, Observer, Publisher } from '../ports';

/** Publishes to the alert topic. A message that SNS refuses for its content is sent again in plain words. */
export class SnsPublisher implements Publisher {
  constructor(
    private readonly client: SNSClient,
    private readonly topicArn: string,
    private readonly observer: Observer,
  ) {}

  async publish(notification: Notification): Promise<{ readonly messageId: string }> {
    try {
      return await this.send(notification);
    } catch (error) {
      if (!isRefusedContent(error)) throw error;
      this.observer.count(metric.plainNotification);
      this.observer.warn('SNS refused the message, sending plain words', { alertId: notification.alertId });
      return this.send(plainNotification(notification.alertId));
    }
  }

  private async send(notification: Notification): Promise<{ readonly messageId: string }> {
    const { MessageId } = await this.client.send(
      new PublishCommand({
        TopicArn: this.topicArn,
        Subject: notification.subject,
        MessageStructure: 'json',
        Message: toSnsMessage(notification),
      }),
    );
    return { messageId: MessageId ?? 'unknown' };
  }
}

function isRefusedContent(error: unknown): boolean {
  return error instanceof InvalidParameterException || error instanceof InvalidParameterValueException;
}
