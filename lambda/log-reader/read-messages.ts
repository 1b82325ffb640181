import { metric } from '../contract';
import { workThrough } from '../pipeline/worker-pool';
import { readNotice } from './notices';
import { type RecordsObject, recordsObjectOf, type TrailPlace } from './objects';
import {
  type LogReaderDependencies,
  type LogReaderOptions,
  type ObjectOutcome,
  readObject,
} from './read-object';

/** A message of the queue, as Lambda hands it over. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
}

export interface MessagesOptions extends LogReaderOptions {
  readonly trail: TrailPlace;
}

/** Objects are small, so the time goes into waiting for S3. */
const objectsAtOnce = 16;

interface MessageObjects {
  readonly messageId: string;
  /** `undefined` for a message that cannot be read. */
  readonly objects: readonly RecordsObject[] | undefined;
}

/**
 * Decides the objects that the messages name, each object once. Answers with the ids of the messages that stay in the queue: those
 * that cannot be read, and those with an object that was not decided.
 */
export async function readMessages(
  messages: readonly QueueMessage[],
  dependencies: LogReaderDependencies,
  options: MessagesOptions,
): Promise<readonly string[]> {
  const read = messages.map((message) => objectsOf(message, dependencies, options));
  const objects = new Map(
    read.flatMap(({ objects = [] }) => objects.map((each) => [each.key, each] as const)),
  );
  const outcomes = await workThrough([...objects.values()], objectsAtOnce, (object) =>
    decide(object, dependencies, options),
  );
  const isDecided = new Map(
    [...objects.keys()].map((key, index) => [key, outcomes[index]?.kind === 'decided']),
  );
  return read
    .filter(({ objects }) => objects === undefined || !objects.every(({ key }) => isDecided.get(key)))
    .map(({ messageId }) => messageId);
}

function objectsOf(
  { messageId, body }: QueueMessage,
  { observer }: LogReaderDependencies,
  { trail }: MessagesOptions,
): MessageObjects {
  const notice = readNotice(body);
  if (notice.kind === 'unreadable') {
    observer.warn('a message of the queue names no object', { messageId, reason: notice.reason });
    observer.count(metric.objectsFailed, 1, { reason: 'unreadable-message' });
    return { messageId, objects: undefined };
  }
  const objects = notice.objects.flatMap((written) => {
    const object = recordsObjectOf(written, trail);
    if (typeof object !== 'string') return object;
    observer.count(metric.objectsSkipped, 1, { reason: object });
    return [];
  });
  return { messageId, objects };
}

async function decide(
  object: RecordsObject,
  dependencies: LogReaderDependencies,
  options: MessagesOptions,
): Promise<ObjectOutcome> {
  const { observer } = dependencies;
  if (!options.hasTimeLeft()) return { kind: 'failed', reason: 'no-time', detail: 'the run had to end' };
  const outcome = await readObject(object, dependencies, options);
  if (outcome.kind === 'decided') observer.count(metric.objectsRead);
  else if (outcome.reason !== 'no-time') {
    const { reason, detail } = outcome;
    observer.warn('an object of the trail could not be decided', { key: object.key, reason, detail });
    observer.count(metric.objectsFailed, 1, { reason });
  }
  return outcome;
}
