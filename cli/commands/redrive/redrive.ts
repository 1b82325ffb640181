import type { HandToDetector } from '../../aws/detector-invoker';
import { type Received, readMessage } from './messages';

/** A dead-letter queue. */
export interface WaitingQueue {
  readonly name: string;
  /** Up to ten messages, hidden from others for a while; an empty list where none is left. */
  receive(): Promise<readonly Received[]>;
  delete(receiptHandle: string): Promise<void>;
  /** Makes the message visible again at once. */
  release(receiptHandle: string): Promise<void>;
}

export type Redriven = 'done' | 'failed' | 'unreadable' | 'waiting';

export interface RedrivenMessage {
  readonly queue: string;
  readonly id: string;
  readonly about: string;
  readonly reason: string;
  readonly result: Redriven;
  /** Why the detector failed again. */
  readonly failure?: string;
}

export interface RedriveOptions {
  /** Messages at most, over all queues. */
  readonly limit: number;
  /** Shows and changes nothing. */
  readonly dryRun: boolean;
  readonly onMessage: (message: RedrivenMessage) => void;
}

/**
 * Empties the queues through the detector. A message is deleted once the detector has handled its event, and stays
 * otherwise; one that was seen in this run is not taken again.
 */
export async function redrive(
  queues: readonly WaitingQueue[],
  handToDetector: HandToDetector,
  { limit, dryRun, onMessage }: RedriveOptions,
): Promise<readonly RedrivenMessage[]> {
  const seen: RedrivenMessage[] = [];
  for (const queue of queues) {
    const kept: string[] = [];
    for await (const received of messagesOf(queue, () => seen.length < limit)) {
      const done =
        seen.length < limit ? await redriveOne(queue, received, dryRun, handToDetector) : undefined;
      if (done?.result !== 'done') kept.push(received.ReceiptHandle ?? '');
      if (done === undefined) continue;
      onMessage(done);
      seen.push(done);
    }
    // Not before the end: a message that is visible again would be received again.
    for (const handle of kept) await queue.release(handle);
  }
  return seen;
}

/** The messages of a queue, as long as more are wanted. */
async function* messagesOf(queue: WaitingQueue, isWanted: () => boolean): AsyncIterable<Received> {
  while (isWanted()) {
    const received = await queue.receive();
    if (received.length === 0) return;
    yield* received;
  }
}

async function redriveOne(
  queue: WaitingQueue,
  received: Received,
  dryRun: boolean,
  handToDetector: HandToDetector,
): Promise<RedrivenMessage> {
  const message = readMessage(received);
  const common = { queue: queue.name, id: received.MessageId ?? '' };
  if (message === undefined)
    return { ...common, about: 'unknown', reason: 'the body holds no event', result: 'unreadable' };
  const described = { ...common, about: message.about, reason: message.reason };
  if (dryRun) return { ...described, result: 'waiting' };
  const failure = await handToDetector(message.event);
  if (failure !== undefined) return { ...described, result: 'failed', failure };
  await queue.delete(message.receiptHandle);
  return { ...described, result: 'done' };
}
