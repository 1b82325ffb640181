import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { detectorInvoker, logReaderInvoker } from '../../aws/function-invoker';
import { type DeployedStack, findStack } from '../../aws/stack';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { writeLine } from '../../output/write-line';
import { readEventMessage, readObjectMessage } from './messages';
import type { RedriveOptions } from './options';
import { type RedrivenMessage, type RedrivenQueue, type RedriveResult, redrive } from './redrive';
import { sqsQueue } from './sqs-queue';

export async function run(options: RedriveOptions & AwsOptions): Promise<ExitCode> {
  const stack = await findStack(options.stack);
  const messages = await redrive([...eventQueues(stack), ...objectQueues(stack)], {
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    dryRun: options.dryRun === true,
    onMessage: (message) =>
      writeLine(process.stdout, options.json === true ? JSON.stringify(message) : formatMessage(message)),
  });
  if (messages.length === 0) process.stderr.write('No message is visible in the dead-letter queues.\n');
  const count = (result: RedriveResult) => messages.filter((message) => message.result === result).length;
  process.stderr.write(
    `messages=${messages.length} done=${count('done')} failed=${count('failed')} unreadable=${count('unreadable')} waiting=${count('waiting')}\n`,
  );
  return count('failed') + count('unreadable') > 0 ? exitCode.unreadableInput : exitCode.done;
}

function eventQueues(stack: DeployedStack): readonly RedrivenQueue[] {
  const invoke = detectorInvoker(stack);
  return ['UndeliveredEvents', 'FailedEvents'].map((name) => ({
    queue: sqsQueue(name, stack.physicalId('AWS::SQS::Queue', `Queues${name}`)),
    read: readEventMessage,
    invoke,
  }));
}

/** A stack without a trail's bucket has none. */
function objectQueues(stack: DeployedStack): readonly RedrivenQueue[] {
  const name = 'UndecidedObjects';
  const url = stack.findPhysicalId('AWS::SQS::Queue', `Trail${name}`);
  if (url === undefined) return [];
  return [{ queue: sqsQueue(name, url), read: readObjectMessage, invoke: logReaderInvoker(stack) }];
}

function formatMessage({ queue, about, reason, result, failure }: RedrivenMessage): string {
  const again = failure === undefined ? '' : `, again: ${failure}`;
  return escapeForDisplay(`${result.padEnd(10)}  ${queue.padEnd(17)}  ${about}  (${reason}${again})`, 500);
}
