import {
  InvalidParameterException,
  InvalidParameterValueException,
  PublishCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { metric } from '../contract';
import { defaultRoute, type RouteName } from '../detection/routes';
import { plainNotification, toSnsMessage } from '../notification/message';
import type { Notification, Observer, Publisher } from '../ports';

/** Publishes to the alert topic. A message that SNS refuses for its content is sent again in plain words. */
export class SnsPublisher implements Publisher {
  constructor(
    private readonly client: SNSClient,
    private readonly topicArn: string,
    /** ARNs of the routes' topics, by name. */
    private readonly routeTopicArns: ReadonlyMap<string, string>,
    private readonly observer: Observer,
  ) {}

  async publish(notification: Notification): Promise<{ readonly messageId: string }> {
    try {
      return await this.send(notification);
    } catch (error) {
      if (!isRefusedContent(error)) throw error;
      this.observer.count(metric.plainNotification);
      this.observer.warn('SNS refused the message, sending plain words', { alertId: notification.alertId });
      const { route, alertId } = notification;
      return this.send({ ...plainNotification(alertId), route });
    }
  }

  private async send(notification: Notification): Promise<{ readonly messageId: string }> {
    const { MessageId } = await this.client.send(
      new PublishCommand({
        TopicArn: this.arnOf(notification.route),
        Subject: notification.subject,
        MessageStructure: 'json',
        Message: toSnsMessage(notification),
      }),
    );
    return { messageId: MessageId ?? 'unknown' };
  }

  /** A route that the stack made no topic for, which a settings file and an environment of two deployments could give. */
  private arnOf(route: RouteName = defaultRoute): string {
    return this.routeTopicArns.get(route) ?? this.topicArn;
  }
}

function isRefusedContent(error: unknown): boolean {
  return error instanceof InvalidParameterException || error instanceof InvalidParameterValueException;
}
