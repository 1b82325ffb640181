import type { InvokeFunction } from '../../aws/function-invoker';
import type { Received, WaitingMessage } from './messages';

export interface DeadLetterQueue {
  readonly name: string;
  /** Up to ten messages, hidden from other readers for a while; an empty list where none is left. */
  receive(): Promise<readonly Received[]>;
  delete(receiptHandle: string): Promise<void>;
  /** Makes the message visible again at once. */
  release(receiptHandle: string): Promise<void>;
}

/** A queue, what its messages are, and the function that handles them. */
export interface RedrivenQueue {
  readonly queue: DeadLetterQueue;
  /** `undefined` for a message that is no event of the function. */
  readonly read: (received: Received) => WaitingMessage | undefined;
  readonly invoke: InvokeFunction;
}

export type RedriveResult = 'done' | 'failed' | 'unreadable' | 'waiting';

export interface RedrivenMessage {
  readonly queue: string;
  readonly id: string;
  readonly about: string;
  readonly reason: string;
  readonly result: RedriveResult;
  /** Why the function failed again. */
  readonly failure?: string;
}

export interface RedriveSettings {
  /** Messages at most, over all queues. */
  readonly limit: number;
  /** Lists the messages and changes nothing. */
  readonly dryRun: boolean;
  /** Stops the run where it rejects. */
  readonly onMessage: (message: RedrivenMessage) => Promise<void>;
}

/**
 * Sends the messages of the queues to their functions. A message is deleted once its function has handled it. Every other message
 * that was received is released, however the run ends; none is handled twice in one run.
 */
export async function redrive(
  queues: readonly RedrivenQueue[],
  { limit, dryRun, onMessage }: RedriveSettings,
): Promise<readonly RedrivenMessage[]> {
  const messages: RedrivenMessage[] = [];
  for (const redriven of queues) {
    const { queue } = redriven;
    const held = new Set<string>();
    try {
      for await (const received of messagesOf(queue, held, () => limit - messages.length)) {
        const message = await redriveOne(redriven, received, dryRun);
        if (message.result === 'done') held.delete(handleOf(received));
        messages.push(message);
        await onMessage(message);
      }
    } finally {
      // Not earlier: a message that is visible again would be received again. One that cannot be released comes back by itself.
      await Promise.allSettled([...held].map((handle) => queue.release(handle)));
    }
  }
  return messages;
}

/** The wanted messages of a queue. `held` gets the handle of each message that is now hidden from other readers. */
async function* messagesOf(
  queue: DeadLetterQueue,
  held: Set<string>,
  wanted: () => number,
): AsyncIterable<Received> {
  while (wanted() > 0) {
    const batch = await queue.receive();
    if (batch.length === 0) return;
    for (const received of batch) held.add(handleOf(received));
    yield* batch.slice(0, wanted());
  }
}

function handleOf({ ReceiptHandle = '' }: Received): string {
  return ReceiptHandle;
}

async function redriveOne(
  { queue, read, invoke }: RedrivenQueue,
  received: Received,
  dryRun: boolean,
): Promise<RedrivenMessage> {
  const message = read(received);
  const common = { queue: queue.name, id: received.MessageId ?? '' };
  if (message === undefined)
    return { ...common, about: 'unknown', reason: 'the body holds no event', result: 'unreadable' };
  const described = { ...common, about: message.about, reason: message.reason };
  if (dryRun) return { ...described, result: 'waiting' };
  const failure = await invoke(message.event);
  if (failure !== undefined) return { ...described, result: 'failed', failure };
  await queue.delete(handleOf(received));
  return { ...described, result: 'done' };
}
