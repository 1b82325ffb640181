import { gzipSync } from 'node:zlib';
import { App } from 'aws-cdk-lib';
import type { EmbeddedDatabase } from '../../cli/embedded/database';
import { LayerwatchStack } from '../../lib/layerwatch-stack';
import { account, givenUpdate, layerVersion, region } from '../fixtures/records';
import { assetFolderOf } from '../harness/asset-folder';
import { startTestDatabase } from '../harness/database';
import { type Invocation, invokeBundle } from '../harness/invoke-bundle';
import { AwsError, LoopbackAws } from '../harness/loopback-aws';
import { LoopbackTopic } from '../harness/loopback-topic';
import { temporaryFolder } from '../harness/temporary-folder';

const bucket = 'audit-logs';
const key = `org/AWSLogs/${account}/CloudTrail/${region}/2026/10/06/a.json.gz`;

function synthesizeAsset(outdir: string): string {
  const app = new App({ outdir });
  new LayerwatchStack(app, 'Layerwatch', { configuration: { trailBucket: { bucket, prefix: 'org' } } });
  app.synth();
  return assetFolderOf(outdir, 'Layerwatch', 'LogReader');
}

function message(messageId: string, s3ObjectKey: string) {
  return { messageId, body: JSON.stringify({ s3Bucket: bucket, s3ObjectKey: [s3ObjectKey] }) };
}

describe('the bundle of the log reader', () => {
  let asset: string;
  let aws: LoopbackAws;
  let database: EmbeddedDatabase;
  let topic: LoopbackTopic;

  beforeAll(() => {
    asset = synthesizeAsset(temporaryFolder());
  });
  beforeEach(async () => {
    database = await startTestDatabase();
    topic = await LoopbackTopic.start();
    aws = await LoopbackAws.start();
  });
  afterEach(async () => {
    await aws.stop();
  });

  function invoke(event: unknown): Promise<Invocation> {
    const environment = {
      ...aws.environment,
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      AWS_ENDPOINT_URL_SNS: topic.endpoint,
      AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:9',
      ALERT_TABLE_NAME: database.tables.alerts,
      STATE_TABLE_NAME: database.tables.state,
      ALERT_TOPIC_ARN: `arn:aws:sns:${region}:${account}:alerts`,
      STACK_NAME: 'Layerwatch',
      TRAIL_BUCKET: bucket,
      TRAIL_PREFIX: 'org',
    };
    return invokeBundle(asset, environment, [event]);
  }

  test('given a good object and one that is gone, then the call is notified, and the message of the other stays', async () => {
    const log = gzipSync(
      JSON.stringify({ Records: [givenUpdate([layerVersion('boto-utils', 3, '999988887777')])] }),
    );
    aws.on('GetObject', ({ path }) => {
      if (path !== `/${bucket}/${key}`) throw new AwsError('NoSuchKey', 'there is none', 404);
      return log;
    });
    const gone = key.replace('a.json', 'b.json');
    const { results, log: output } = await invoke({ Records: [message('m1', key), message('m2', gone)] });
    expect(results).toEqual([{ ok: true, answer: { batchItemFailures: [{ itemIdentifier: 'm2' }] } }]);
    expect(topic.published).toMatchObject([{ subject: expect.stringContaining('function payments') }]);
    expect(output).toContain('"TrailObjectsRead":[1]');
    expect(output).toContain('"reason":"vanished"');
  });
});
