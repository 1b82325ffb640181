import type { QueueMessage } from '../log-reader/read-messages';
import { composeLogReader } from './compose-log-reader';

const readMessages = composeLogReader(process.env, __dirname);

/** Receives messages about objects of the trail's bucket. Those that it names in its answer stay in the queue. */
export async function handler(
  event: { readonly Records: readonly QueueMessage[] },
  context: { readonly getRemainingTimeInMillis: () => number },
): Promise<{ readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }> {
  const failed = await readMessages(event.Records, () => context.getRemainingTimeInMillis());
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
