import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { definedOnly } from '../../../lambda/text/format';
import type { Received } from './messages';
import type { DeadLetterQueue } from './redrive';

/** Longer than the functions' timeouts, so that no other reader takes a message meanwhile. */
const visibilitySeconds = 120;

/** A dead-letter queue in SQS. */
export function sqsQueue(name: string, QueueUrl: string): DeadLetterQueue {
  // The address of a queue is its name; the client decides where to ask.
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  return {
    name,
    receive: async () => {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
          VisibilityTimeout: visibilitySeconds,
          MessageAttributeNames: ['All'],
        }),
      );
      return Messages.map(receivedOf);
    },
    delete: async (ReceiptHandle) => {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    release: async (ReceiptHandle) => {
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    },
  };
}

function receivedOf({ MessageId, ReceiptHandle, Body, MessageAttributes = {} }: Message): Received {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { StringValue = '' }]) => [name, StringValue] as const,
  );
  return { ...definedOnly({ MessageId, ReceiptHandle, Body }), attributes: new Map(attributes) };
}
