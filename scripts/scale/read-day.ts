import { S3Client } from '@aws-sdk/client-s3';
import { openDatabase } from '../../cli/embedded/open-database';
import { embeddedPorts } from '../../cli/embedded/pipeline';
import { EmbeddedTopic } from '../../cli/embedded/topic';
import { S3TrailBucket } from '../../lambda/aws/s3-trail-bucket';
import { defaultDetectionSettings } from '../../lambda/detection/settings';
import { readMessages } from '../../lambda/log-reader/read-messages';
import { bucket, sampledObjects } from './organization';

/** Messages of one run of the function, as the stack sets it. */
const batchSize = 50;

/** Reads the sample from the address in the first argument; prints what it cost this process as JSON. */
async function readDay(endpoint: string, count: number): Promise<void> {
  const database = await openDatabase();
  const { ports, options } = embeddedPorts({
    settings: defaultDetectionSettings,
    database,
    topic: new EmbeddedTopic(),
  });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
  const client = new S3Client({ endpoint, region: 'eu-west-3', credentials, forcePathStyle: true });
  const dependencies = {
    ...ports,
    bucket: new S3TrailBucket(client, bucket),
    eventPlaces: { includes: async () => false },
  };
  let failed = 0;
  const before = process.cpuUsage();
  for (const messages of batches(count))
    failed += (
      await readMessages(messages, dependencies, {
        ...options,
        ownAccount: '111122223333',
        trail: { bucket },
        hasTimeLeft: () => true,
      })
    ).length;
  const { user, system } = process.cpuUsage(before);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, megabytes, failed }));
  await database.close();
}

function* batches(count: number) {
  let batch: { messageId: string; body: string }[] = [];
  let number = 0;
  for (const { key } of sampledObjects()) {
    if (number++ === count) break;
    const s3 = { bucket: { name: bucket }, object: { key: encodeURIComponent(key) } };
    const body = JSON.stringify({ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3 }] });
    batch.push({ messageId: String(number), body });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

void readDay(process.argv[2] ?? '', Number(process.argv[3]));
