import fc from 'fast-check';
import { type Notice, readNotice } from '../../lambda/log-reader/notices';

const bucket = 'audit-logs';
const key = 'AWSLogs/123456789012/CloudTrail/eu-west-3/2026/10/06/a b+c.json.gz';

function s3Record(eventName: string, writtenKey: string, eventSource = 'aws:s3') {
  return { eventSource, eventName, s3: { bucket: { name: bucket }, object: { key: writtenKey, size: 512 } } };
}

const s3Notification = {
  Records: [s3Record('ObjectCreated:Put', encodeURIComponent(key).replaceAll('%20', '+'))],
};
const eventBridgeEvent = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: bucket }, object: { key } },
};
const cloudTrailNotice = { s3Bucket: bucket, s3ObjectKey: [key] };

function wrapped(message: unknown): unknown {
  const Message = typeof message === 'string' ? message : JSON.stringify(message);
  return { Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-3:123456789012:trail', Message };
}

const one: Notice = { kind: 'objects', objects: [{ bucket, key }] };
const none: Notice = { kind: 'objects', objects: [] };
const unreadable: Partial<Notice> = { kind: 'unreadable' };

describe('a message of the queue', () => {
  test.each<[string, unknown, Partial<Notice>]>([
    ['S3', s3Notification, one],
    ['S3 through SNS', wrapped(s3Notification), one],
    ['EventBridge', eventBridgeEvent, one],
    ['EventBridge through SNS', wrapped(eventBridgeEvent), one],
    ['CloudTrail by raw delivery', cloudTrailNotice, one],
    ['CloudTrail through SNS', wrapped(cloudTrailNotice), one],
    ['CloudTrail about one key as text', { s3Bucket: bucket, s3ObjectKey: key }, one],
    ["S3's test", { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: bucket }, none],
    ["CloudTrail's test through SNS", wrapped('CloudTrail validation message.'), none],
    ['S3 about a deletion', { Records: [s3Record('ObjectRemoved:Delete', 'a')] }, none],
    ['EventBridge about a deletion', { ...eventBridgeEvent, 'detail-type': 'Object Deleted' }, none],
    ['S3 without records', { Records: [] }, unreadable],
    ['S3 with a key that is no encoding', { Records: [s3Record('ObjectCreated:Put', '%')] }, unreadable],
    ['another service', { Records: [s3Record('ObjectCreated:Put', 'a', 'aws:sqs')] }, unreadable],
    ['EventBridge without a key', { ...eventBridgeEvent, detail: { bucket: { name: bucket } } }, unreadable],
    ['CloudTrail without keys', { s3Bucket: bucket }, unreadable],
    ['CloudTrail with a key that is no text', { s3Bucket: bucket, s3ObjectKey: [null] }, unreadable],
    ['nobody', { hello: 'world' }, unreadable],
  ])('given one of %s, then its objects are read', (_, message, expected) => {
    expect(readNotice(JSON.stringify(message))).toMatchObject(expected);
  });

  test('given several objects, then all are read', () => {
    const Records = ['a', 'b'].map((name) => s3Record('ObjectCreated:CompleteMultipartUpload', name));
    expect(readNotice(JSON.stringify({ Records }))).toEqual({
      kind: 'objects',
      objects: [
        { bucket, key: 'a' },
        { bucket, key: 'b' },
      ],
    });
  });

  test('given any text, then it is read or named unreadable', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((json) => JSON.stringify(wrapped(json))),
    );
    fc.assert(fc.property(texts, (body) => ['objects', 'unreadable'].includes(readNotice(body).kind)));
  });
});
