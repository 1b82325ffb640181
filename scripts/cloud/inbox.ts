import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import type { Cleanup } from './cleanup';
import { type SubscribedQueue, subscribeNewQueue } from './subscribed-queue';

export interface Message {
  readonly document: FindingDocument;
  readonly subject: string;
  readonly receivedAt: Date;
}

/** A queue that is subscribed to the alert topic, and all messages that came into it. */
export class Inbox {
  readonly messages: Message[] = [];

  private constructor(private readonly queue: SubscribedQueue) {}

  static async subscribe(topicArn: string, queueName: string, cleanup: Cleanup): Promise<Inbox> {
    return new Inbox(await subscribeNewQueue(topicArn, queueName, cleanup, { isRaw: false }));
  }

  /** Messages that came since the last call. */
  async receive(waitSeconds = 1): Promise<readonly Message[]> {
    const { sqs, queueUrl: QueueUrl } = this.queue;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: waitSeconds,
      }),
    );
    if (Messages.length === 0) return [];
    const receivedAt = new Date();
    const received = Messages.map(({ Body = '{}' }) => ({ ...readBody(Body), receivedAt }));
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    this.messages.push(...received);
    return received;
  }

  /** The first messages, of those that came and those that come, that fit; as many as are asked for. */
  async until(
    what: string,
    fits: (document: FindingDocument) => boolean,
    { count = 1, timeoutMilliseconds }: { readonly count?: number; readonly timeoutMilliseconds: number },
  ): Promise<readonly Message[]> {
    const deadline = Date.now() + timeoutMilliseconds;
    for (;;) {
      const found = this.messages.filter(({ document }) => fits(document));
      if (found.length >= count) return found;
      if (Date.now() > deadline)
        throw new Error(
          `${found.length} of ${count} messages about ${what} in ${timeoutMilliseconds} ms; ${this.describe()}`,
        );
      await this.receive();
    }
  }

  /** Waits, and answers with what came about it although nothing should. */
  async during(
    milliseconds: number,
    fits: (document: FindingDocument) => boolean,
  ): Promise<readonly Message[]> {
    const deadline = Date.now() + milliseconds;
    while (Date.now() < deadline) {
      await this.receive(0);
      await sleep(100);
    }
    return this.messages.filter(({ document }) => fits(document));
  }

  private describe(): string {
    const lines = this.messages.map(({ document }) => document.message);
    return `${lines.length} others came:\n${lines.join('\n')}`;
  }
}

function readBody(body: string): { readonly document: FindingDocument; readonly subject: string } {
  const { Message: text = '{}', Subject: subject = '' } = JSON.parse(body) as Record<string, string>;
  return { document: JSON.parse(text) as FindingDocument, subject };
}
