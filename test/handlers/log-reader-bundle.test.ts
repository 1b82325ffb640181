import { gzipSync } from 'node:zlib';
import { account, givenUpdate, layerVersion, region } from '../fixtures/records';
import { DeployedBundle, synthesizeBundle } from '../harness/deployed-bundle';
import type { Invocation } from '../harness/invoke-bundle';
import { AwsError, LoopbackAws } from '../harness/loopback-aws';

const bucket = 'audit-logs';
const key = `org/AWSLogs/${account}/CloudTrail/${region}/2026/10/06/a.json.gz`;

function message(messageId: string, s3ObjectKey: string) {
  return { messageId, body: JSON.stringify({ s3Bucket: bucket, s3ObjectKey: [s3ObjectKey] }) };
}

describe('the bundle of the log reader', () => {
  let asset: string;
  let aws: LoopbackAws;
  let bundle: DeployedBundle;

  beforeAll(() => {
    asset = synthesizeBundle('LogReader', { trailBucket: { bucket, prefix: 'org' } });
  });
  beforeEach(async () => {
    bundle = await DeployedBundle.start(asset);
    aws = await LoopbackAws.start();
  });
  afterEach(() => aws.stop());

  function invoke(event: unknown): Promise<Invocation> {
    return bundle.invoke([event], { ...aws.environment, TRAIL_BUCKET: bucket, TRAIL_PREFIX: 'org' });
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
    expect(bundle.topic.published).toMatchObject([{ subject: expect.stringContaining('on payments') }]);
    expect(output).toContain('"TrailObjectsRead":[1]');
    expect(output).toContain('"reason":"vanished"');
  });
});
