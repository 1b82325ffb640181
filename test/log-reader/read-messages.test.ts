import { gzipSync } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import { S3TrailBucket } from '../../lambda/aws/s3-trail-bucket';
import { type QueueMessage, readMessages } from '../../lambda/log-reader/read-messages';
import type { LogReaderDependencies } from '../../lambda/log-reader/read-object';
import { account, givenPublish, givenUpdate, layerVersion, region } from '../fixtures/records';
import { AwsError, LoopbackAws } from '../harness/loopback-aws';
import { PipelineHarness } from '../harness/pipeline-harness';

const bucket = 'audit-logs';
const member = '210987654321';
const foreign = layerVersion('boto-utils', 3, '999988887777');

function keyOf(name: string, owner = account, kind = 'CloudTrail'): string {
  return `AWSLogs/o-a1b2c3d4e5/${owner}/${kind}/${region}/2026/10/06/${owner}_CloudTrail_${region}_${name}.json.gz`;
}

function message(...keys: readonly string[]): QueueMessage {
  const Records = keys.map((key) => ({
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: { bucket: { name: bucket }, object: { key: encodeURIComponent(key) } },
  }));
  return { messageId: `m-${keys[0]}`, body: JSON.stringify({ Records }) };
}

function logOf(...Records: readonly unknown[]): Buffer {
  return gzipSync(JSON.stringify({ Records }));
}

describe("the door of the trail's bucket", () => {
  let aws: LoopbackAws;
  let harness: PipelineHarness;
  let objects: Map<string, () => unknown>;
  let dependencies: LogReaderDependencies;
  let hasTimeLeft: () => boolean;

  beforeEach(async () => {
    harness = await PipelineHarness.start({ notifyOn: 'every-match' });
    aws = await LoopbackAws.start();
    objects = new Map();
    hasTimeLeft = () => true;
    aws.on('GetObject', ({ path }) => {
      const object = objects.get(String(path).slice(`/${bucket}/`.length));
      if (object === undefined) throw new AwsError('NoSuchKey', 'there is none', 404);
      return object();
    });
    dependencies = {
      ...harness.ports,
      bucket: new S3TrailBucket(new S3Client({ forcePathStyle: true, maxAttempts: 1 }), bucket),
      eventPlaces: { includes: async (owner) => owner === account },
    };
  });
  afterEach(async () => {
    await aws.stop();
    await harness.stop();
  });

  function put(key: string, content: unknown): string {
    objects.set(key, () => content);
    return key;
  }

  function refuse(key: string, error: AwsError): string {
    objects.set(key, () => {
      throw error;
    });
    return key;
  }

  const read = (...messages: readonly QueueMessage[]) =>
    readMessages(messages, dependencies, {
      ...harness.options,
      ownAccount: account,
      trail: { bucket },
      hasTimeLeft,
    });

  const count = (name: string) => harness.observer.counts.get(name) ?? 0;
  const isOld = { eventTime: '2026-10-06T21:14:05Z' };

  test('given a call that no event brought, then it is notified, and the message is done', async () => {
    const key = put(keyOf('a'), logOf(givenUpdate([foreign])));
    expect(await read(message(key))).toEqual([]);
    expect(harness.topic.published).toHaveLength(1);
    expect(count('TrailObjectsRead')).toBe(1);
  });

  test('given a call that an event brought, then it is counted as brought, and nobody is notified again', async () => {
    const record = givenUpdate([foreign]);
    await harness.process(record);
    expect(await read(message(put(keyOf('a'), logOf(record))))).toEqual([]);
    expect(harness.topic.published).toHaveLength(1);
    expect(count('Duplicates')).toBe(1);
    expect(count('BroughtByBucket')).toBe(0);
  });

  test('given an event behind the bucket, then the alert has one record and one message', async () => {
    const record = givenUpdate([foreign]);
    await read(message(put(keyOf('a'), logOf(record))));
    expect(await harness.process(record)).toMatchObject({ outcome: 'duplicate' });
    expect(harness.topic.published).toHaveLength(1);
  });

  test.each([
    ['of a place with events', account, 1],
    ['of a place without events', member, 0],
  ])(
    'given an old call %s that only the bucket brought, then it counts as missed so often',
    async (_, owner, missed) => {
      const record = givenUpdate([foreign], { ...isOld, recipientAccountId: owner });
      await read(message(put(keyOf('a', owner), logOf(record))));
      expect(count('BroughtByBucket')).toBe(1);
      expect(count('MissedByEvents')).toBe(missed);
    },
  );

  test('given a call whose event may still come, then it does not count as missed', async () => {
    const record = givenUpdate([foreign], { eventTime: new Date().toISOString() });
    await read(message(put(keyOf('a'), logOf(record))));
    expect(count('MissedByEvents')).toBe(0);
  });

  test.each(['CloudTrail-Digest', 'CloudTrail-Insight'])(
    'given an object of %s, then it is not fetched',
    async (kind) => {
      expect(await read(message(keyOf('a', account, kind)))).toEqual([]);
      expect(aws.called).toEqual([]);
      expect(count('TrailObjectsSkipped not-a-log')).toBe(1);
    },
  );

  test('given data events beside a call, then the call alone makes an alert', async () => {
    const data = givenUpdate([foreign], {
      eventName: 'Invoke',
      eventCategory: 'Data',
      managementEvent: false,
    });
    await read(message(put(keyOf('a'), logOf(data, givenUpdate([foreign]), data))));
    expect(harness.topic.published).toHaveLength(1);
  });

  test.each<[string, string, (key: string) => unknown]>([
    ['that is gone', 'vanished', () => undefined],
    ['that S3 refuses', 'refused', (key) => refuse(key, new AwsError('AccessDenied', 'no', 403))],
    ['whose key is disabled', 'refused', (key) => refuse(key, new AwsError('KMS.DisabledException', 'off'))],
    [
      'that S3 cannot give now',
      'not-fetched',
      (key) => refuse(key, new AwsError('InternalError', 'later', 500)),
    ],
    ['that is cut off', 'damaged', (key) => put(key, logOf(givenUpdate([foreign])).subarray(0, -30))],
    ['that is neither gzip nor JSON', 'damaged', (key) => put(key, Buffer.from('hello'))],
  ])(
    'given an object %s, then it stays with the reason, and the others are decided',
    async (_, reason, prepare) => {
      const broken = keyOf('broken');
      prepare(broken);
      const good = put(keyOf('good'), logOf(givenPublish('base', 1)));
      expect(await read(message(broken), message(good))).toEqual([message(broken).messageId]);
      expect(count(`TrailObjectsFailed ${reason}`)).toBe(1);
      expect(harness.topic.published).toMatchObject([
        { document: { layerwatch: { target: { name: 'base' } } } },
      ]);
    },
  );

  test('given a message with an object that fails, then the message stays, and its other objects are decided', async () => {
    const good = put(keyOf('good'), logOf(givenPublish('base', 1)));
    const both = message(keyOf('gone'), good);
    expect(await read(both)).toEqual([both.messageId]);
    expect(harness.topic.published).toHaveLength(1);
  });

  test('given a record that cannot be stored, then the message stays, and the next time only that record is news', async () => {
    const [failing, good] = [givenUpdate([foreign]), givenPublish('base', 1)];
    const { alerts } = dependencies;
    const refusing = {
      ...alerts,
      read: (id: Parameters<typeof alerts.read>[0]) => alerts.read(id),
      countBeyond: (...args: Parameters<typeof alerts.countBeyond>) => alerts.countBeyond(...args),
      write: async (...[next, known]: Parameters<typeof alerts.write>) => {
        if (next.judgedDocument.layerwatch.target.type === 'function') throw new Error('the table is away');
        return alerts.write(next, known);
      },
    };
    const key = put(keyOf('a'), logOf(failing, good));
    dependencies = { ...dependencies, alerts: refusing };
    expect(await read(message(key))).toEqual([message(key).messageId]);
    expect(count('TrailObjectsFailed not-processed')).toBe(1);
    expect(harness.topic.published).toHaveLength(1);
    dependencies = { ...dependencies, alerts };
    expect(await read(message(key))).toEqual([]);
    expect(harness.topic.published).toHaveLength(2);
  });

  test('given the same object in two messages, then it is fetched once', async () => {
    const key = put(keyOf('a'), logOf(givenPublish('base', 1)));
    const again = { ...message(key), messageId: 'again' };
    expect(await read(message(key), again)).toEqual([]);
    expect(aws.called).toEqual(['GetObject']);
  });

  test('given a message that names no object, then it stays', async () => {
    expect(await read({ messageId: 'odd', body: 'hello' })).toEqual(['odd']);
    expect(count('TrailObjectsFailed unreadable-message')).toBe(1);
  });

  test('given no time, then the messages stay, and no object counts as failed', async () => {
    hasTimeLeft = () => false;
    const key = put(keyOf('a'), logOf(givenPublish('base', 1)));
    expect(await read(message(key))).toEqual([message(key).messageId]);
    expect(
      [...harness.observer.counts.keys()].filter((name) => name.startsWith('TrailObjectsFailed')),
    ).toEqual([]);
  });

  test('given an object of one account with a record of another, then the forgery is notified, and the record is not believed', async () => {
    const record = givenUpdate([foreign], { recipientAccountId: account });
    expect(await read(message(put(keyOf('a', member), logOf(record))))).toEqual([]);
    expect(harness.topic.published).toMatchObject([
      {
        document: {
          layerwatch: { target: { name: `event of account ${member}` }, risk: { band: 'critical' } },
        },
      },
    ]);
  });

  test('given a trail that is stopped, then it is notified', async () => {
    const stopped = givenUpdate(undefined, {
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
      requestParameters: { name: 'audit' },
    });
    await read(message(put(keyOf('a'), logOf(stopped))));
    expect(harness.topic.published).toMatchObject([{ document: { event: { action: 'StopLogging' } } }]);
  });
});
