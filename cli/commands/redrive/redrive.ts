import type { InvokeFunction } from '../../aws/function-invoker';
import type { Received, WaitingMessage } from './messages';

export interface DeadLetterQueue {
  readonly name: string;
  /** Up to ten messages, hidden for a while and then visible again; an empty list where none is visible. */
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
 * that was received is released, however the run ends. None is handled twice in one run, also where the run takes longer than the queue
 * hides a message and the queue shows it again.
 */
export async function redrive(
  queues: readonly RedrivenQueue[],
  { limit, dryRun, onMessage }: RedriveSettings,
): Promise<readonly RedrivenMessage[]> {
  const messages: RedrivenMessage[] = [];
  for (const redriven of queues) {
    const { queue } = redriven;
    const held = new Map<string, string>();
    try {
      for await (const received of messagesOf(queue, held, () => limit - messages.length)) {
        const message = await redriveOne(redriven, received, dryRun);
        if (message.result === 'done') held.delete(idOf(received));
        messages.push(message);
        await onMessage(message);
      }
    } finally {
      // Not earlier: a message that is visible again would be received again. One that cannot be released comes back by itself.
      await Promise.allSettled([...held.values()].map((handle) => queue.release(handle)));
    }
  }
  return messages;
}

/**
 * The wanted messages of a queue, each once. `held` gets the newest handle of each message that is now hidden from other readers: an
 * older one may be refused. A queue that shows no other messages than before is at its end.
 */
async function* messagesOf(
  queue: DeadLetterQueue,
  held: Map<string, string>,
  wanted: () => number,
): AsyncIterable<Received> {
  const seen = new Set<string>();
  let shownAgain = 0;
  while (wanted() > 0 && shownAgain <= seen.size) {
    const batch = await queue.receive();
    if (batch.length === 0) return;
    for (const received of batch) held.set(idOf(received), handleOf(received));
    const unseen = batch.filter((received) => !seen.has(idOf(received)));
    shownAgain = unseen.length > 0 ? 0 : shownAgain + batch.length;
    for (const received of unseen) seen.add(idOf(received));
    yield* unseen.slice(0, wanted());
  }
}

function idOf(received: Received): string {
  return received.MessageId ?? handleOf(received);
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
