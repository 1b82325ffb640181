import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Cleanup } from '../../scripts/cloud/cleanup';
import { type SubscribedQueue, subscribeNewQueue } from '../../scripts/cloud/subscribed-queue';

/** A queue that gets the texts of the topic of the alarms. */
export class AlarmInbox {
  private readonly texts: string[] = [];

  private constructor(private readonly queue: SubscribedQueue) {}

  static async subscribe(topicArn: string, queueName: string, cleanup: Cleanup): Promise<AlarmInbox> {
    return new AlarmInbox(await subscribeNewQueue(topicArn, queueName, cleanup, { isRaw: true }));
  }

  /** The first text, of those that came and those that come, that has all the parts; `undefined` after the time. */
  async until(parts: readonly string[], timeoutMilliseconds: number): Promise<string | undefined> {
    const deadline = Date.now() + timeoutMilliseconds;
    const found = () => this.texts.find((text) => parts.every((part) => text.includes(part)));
    while (found() === undefined && Date.now() < deadline) {
      const { Messages = [] } = await this.queue.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.queue.queueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
        }),
      );
      this.texts.push(...Messages.map(({ Body = '' }) => Body));
    }
    return found();
  }
}
