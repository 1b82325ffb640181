import { Match, type Template } from 'aws-cdk-lib/assertions';
import { allowedTo, idOf, resourcesOf, templateOf } from './synthesis';

const keyArn = 'arn:aws:kms:eu-west-3:210987654321:key/11111111-2222-3333-4444-555555555555';
const topicArn = 'arn:aws:sns:us-east-1:210987654321:trail-objects';
const withBucket = (trailBucket: Record<string, unknown> = { bucket: 'audit-logs' }) =>
  templateOf({ email: 'security@example.com', trailBucket });

const arnOf = (template: Template, id: string) => ({
  'Fn::GetAtt': [idOf(template, 'AWS::SQS::Queue', id), 'Arn'],
});

function queuePolicyOf(template: Template): string {
  const policies = Object.entries(resourcesOf(template, 'AWS::SQS::QueuePolicy'));
  return JSON.stringify(policies.find(([id]) => id.startsWith('TrailObjects'))?.[1].Properties);
}

test('without a trail bucket there is neither queue nor function for it', () => {
  const template = templateOf();
  template.resourceCountIs('AWS::Lambda::EventSourceMapping', 0);
  expect(
    Object.keys(resourcesOf(template, 'AWS::SQS::Queue')).filter((id) => id.startsWith('Trail')),
  ).toEqual([]);
});

test('a message that fails stays, and is tried again after six times the timeout', () => {
  const template = withBucket();
  template.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: 360,
    MessageRetentionPeriod: 1_209_600,
    RedrivePolicy: { deadLetterTargetArn: arnOf(template, 'TrailUndecidedObjects'), maxReceiveCount: 5 },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 60,
    Environment: { Variables: Match.objectLike({ TRAIL_BUCKET: 'audit-logs' }) },
  });
});

test('the log reader takes batches, answers for each message, and is not started without limit', () => {
  const template = withBucket();
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: arnOf(template, 'TrailObjects'),
    BatchSize: 50,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 10 },
  });
});

test('the bucket, and rules of this account, may notify the queue', () => {
  const policy = queuePolicyOf(withBucket());
  expect(policy).toContain('"Service":"s3.amazonaws.com"');
  expect(policy).toContain(':s3:::audit-logs');
  expect(policy).toContain('"Service":"events.amazonaws.com"');
});

test('with a topic, only the topic may notify the queue, and the queue is subscribed in the region of the topic', () => {
  const template = withBucket({ bucket: 'audit-logs', topicArn });
  const policy = queuePolicyOf(template);
  expect(policy).toContain('"Service":"sns.amazonaws.com"');
  expect(policy).not.toMatch(/s3\.amazonaws\.com|events\.amazonaws\.com/);
  template.hasResourceProperties('AWS::SNS::Subscription', {
    TopicArn: topicArn,
    Protocol: 'sqs',
    Region: 'us-east-1',
    RawMessageDelivery: true,
    Endpoint: arnOf(template, 'TrailObjects'),
  });
});

test('the log reader may read the objects under the prefix, decrypt with the key through S3, and nothing else of S3', () => {
  const statements = allowedTo(
    withBucket({ bucket: 'audit-logs', prefix: 'org/trail', keyArn }),
    'LogReader',
  );
  const actionsOf = (service: string) =>
    statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith(`${service}:`)));
  expect(actionsOf('s3').map(({ Action }) => Action)).toEqual(['s3:GetObject', 's3:ListBucket']);
  expect(JSON.stringify(actionsOf('s3'))).toContain(':s3:::audit-logs/org/trail/AWSLogs/*');
  expect(actionsOf('kms')).toEqual([
    {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: keyArn,
      Condition: { StringLike: { 'kms:ViaService': ['s3.*.amazonaws.com*'] } },
    },
  ]);
});

test.each([
  ['LogReaderErrors', 1],
  ['UndecidedObjectsWaiting', 1],
  ['TrailObjectsDelayed', 3_600],
  ['TrailObjectsMissing', 1],
])('%s alarms', (id, threshold) => {
  withBucket().hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: `Layerwatch-${id}`,
    Threshold: threshold,
  });
});

test('the output names the queue', () => {
  const template = withBucket();
  expect(template.findOutputs('TrailObjectsQueueArn')).toMatchObject({
    TrailObjectsQueueArn: { Value: arnOf(template, 'TrailObjects') },
  });
});

test.each([
  [{}, /trailBucket\.bucket is missing/],
  [{ bucket: 'Audit' }, /trailBucket\.bucket is "Audit"; allowed: the name of a bucket/],
  [{ bucket: 'audit-logs', prefix: '/a' }, /trailBucket\.prefix is "\/a"; allowed: a prefix/],
  [
    { bucket: 'audit-logs', keyArn: 'alias/a' },
    /trailBucket\.keyArn is "alias\/a"; allowed: the ARN of a key/,
  ],
  [{ bucket: 'audit-logs', topicArn: 'a' }, /trailBucket\.topicArn is "a"; allowed: the ARN of a topic/],
  [{ bucket: 'audit-logs', key: 'a' }, /trailBucket\.key/],
])('given %j, then it is refused', (wrong, sentence) => {
  expect(() => withBucket(wrong)).toThrow(sentence);
});
