import { at, property, text } from '../detection/json';

/** An object of a bucket that was written. */
export interface WrittenObject {
  readonly bucket: string;
  readonly key: string;
}

/** What a message of the queue says: objects that were written, or why it cannot be read. */
export type Notice =
  | { readonly kind: 'objects'; readonly objects: readonly WrittenObject[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What CloudTrail sends to a topic when it is set on a trail; it names no object. */
const validationText = 'CloudTrail validation message.';

/**
 * Reads the body of a message: an S3 notification, an EventBridge event of S3, or CloudTrail's own notice, each as it is or in the
 * envelope of SNS. Messages that only test the way name no objects.
 *
 * - S3 user guide, "Event message structure": keys are URL-encoded there.
 * - S3 user guide, "EventBridge event message structure": keys are as they are.
 * - CloudTrail user guide, "Configuring Amazon SNS notifications for CloudTrail".
 */
export function readNotice(body: string): Notice {
  if (body.trim() === validationText) return { kind: 'objects', objects: [] };
  const value = parsed(body);
  const wrapped =
    text(property(value, 'Type')) === 'Notification' ? text(property(value, 'Message')) : undefined;
  if (wrapped !== undefined) return readNotice(wrapped);
  return (
    noticeOfS3(value) ??
    noticeOfEventBridge(value) ??
    noticeOfCloudTrail(value) ?? { kind: 'unreadable', reason: 'the message is no notice of an object' }
  );
}

function noticeOfS3(value: unknown): Notice | undefined {
  if (text(property(value, 'Event')) === 's3:TestEvent') return { kind: 'objects', objects: [] };
  const records = property(value, 'Records');
  if (!Array.isArray(records) || records.length === 0) return undefined;
  const objects: WrittenObject[] = [];
  for (const record of records) {
    if (text(property(record, 'eventSource')) !== 'aws:s3') return undefined;
    if (text(property(record, 'eventName'))?.startsWith('ObjectCreated') !== true) continue;
    const bucket = text(at(record, 's3', 'bucket', 'name'));
    const key = decodedKey(text(at(record, 's3', 'object', 'key')));
    if (bucket === undefined || key === undefined) return unreadable('an S3 notification');
    objects.push({ bucket, key });
  }
  return { kind: 'objects', objects };
}

function noticeOfEventBridge(value: unknown): Notice | undefined {
  if (text(property(value, 'source')) !== 'aws.s3') return undefined;
  if (text(property(value, 'detail-type')) !== 'Object Created') return { kind: 'objects', objects: [] };
  const bucket = text(at(value, 'detail', 'bucket', 'name'));
  const key = text(at(value, 'detail', 'object', 'key'));
  if (bucket === undefined || key === undefined) return unreadable('an EventBridge event of S3');
  return { kind: 'objects', objects: [{ bucket, key }] };
}

function noticeOfCloudTrail(value: unknown): Notice | undefined {
  const bucket = text(property(value, 's3Bucket'));
  if (bucket === undefined) return undefined;
  const keys = [property(value, 's3ObjectKey')].flat().map((key) => text(key));
  if (keys.some((key) => key === undefined)) return unreadable("a notice of CloudTrail's");
  return { kind: 'objects', objects: keys.flatMap((key) => (key === undefined ? [] : [{ bucket, key }])) };
}

function unreadable(what: string): Notice {
  return { kind: 'unreadable', reason: `${what} without bucket or key` };
}

/** S3 writes a blank as a plus sign. `undefined` for what is no encoding. */
function decodedKey(key: string | undefined): string | undefined {
  try {
    return key === undefined ? undefined : decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
