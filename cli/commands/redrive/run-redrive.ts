import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { detectorOf } from '../../aws/detector-invoker';
import { runAwsCommand } from '../../aws/on-aws';
import { findStack } from '../../aws/stack';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import type { RedriveCommandOptions } from './command';
import { type RedrivenMessage, redrive, type WaitingQueue } from './redrive';

/** Longer than the detector's timeout, so that nobody else takes a message meanwhile. */
const visibilitySeconds = 60;

/** Runs the command and answers with its exit code. */
export async function runRedrive(options: RedriveCommandOptions): Promise<ExitCode> {
  return runAwsCommand(options, () => redriveStack(options));
}

async function redriveStack(options: RedriveCommandOptions): Promise<ExitCode> {
  const stack = await findStack(options.stack);
  const queues = ['UndeliveredEvents', 'FailedEvents'].map((name) =>
    queueOf(name, stack.physicalId('AWS::SQS::Queue', `Queues${name}`)),
  );
  const messages = await redrive(queues, detectorOf(stack), {
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    dryRun: options.dryRun === true,
    onMessage: (message) => void print(message, options.json === true),
  });
  const count = (result: RedrivenMessage['result']) =>
    messages.filter((message) => message.result === result).length;
  process.stderr.write(
    `messages=${messages.length} done=${count('done')} failed=${count('failed')} unreadable=${count('unreadable')} waiting=${count('waiting')}\n`,
  );
  return count('failed') + count('unreadable') > 0 ? exitCode.unreadableInput : exitCode.done;
}

async function print(message: RedrivenMessage, asJson: boolean): Promise<void> {
  const { queue, about, reason, result, failure } = message;
  const again = failure === undefined ? '' : `, again: ${failure}`;
  const line = `${result.padEnd(10)}  ${queue.padEnd(17)}  ${about}  (${reason}${again})`;
  await writeLine(process.stdout, asJson ? JSON.stringify(message) : escapeForDisplay(line, 500));
}

function queueOf(name: string, QueueUrl: string): WaitingQueue {
  // The address of a queue is its name; where it is asked is the client's.
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
      return Messages.map(({ MessageId, ReceiptHandle, Body, MessageAttributes }) => ({
        ...(MessageId === undefined ? {} : { MessageId }),
        ...(ReceiptHandle === undefined ? {} : { ReceiptHandle }),
        ...(Body === undefined ? {} : { Body }),
        MessageAttributes: Object.fromEntries(
          Object.entries(MessageAttributes ?? {}).map(([key, { StringValue = '' }]) => [
            key,
            { StringValue },
          ]),
        ),
      }));
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
