import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { alertTable, stateTable } from '../../lambda/contract';
import { bareLayer } from '../../lambda/detection/arn';
import { projectFolder } from '../cli/run-layerwatch';
import { givenCreate, givenPublish, givenUpdate, layerVersion } from '../fixtures/records';
import { LoopbackEventHistory } from '../harness/loopback-event-history';
import type { CommandBench } from './command-bench';
import { completeDeployment } from './complete-deployment';
import { deployedAccount } from './deployment';
import type { Functions } from './functions';
import { subscribeQueue } from './subscriber';

type Environment = Readonly<Record<string, string>>;

const payments = 'b779bd22633d';

/** A layer of the own account, because the emulator puts no other on a function. */
const shim = layerVersion('metrics-shim', 1);

/** What the commands of the pages print against a stack that has processed the sample set, by the name of the block. */
export async function readmeOutputs(
  bench: CommandBench,
  functions: Functions,
): Promise<Readonly<Record<string, string>>> {
  await seeSampleSet(bench);
  await attackedFunction(bench, functions);
  const analyst = await signIn('analyst', 'ana');
  const outputOf = async (...args: readonly string[]) => {
    const { stdout } = await bench.run(args, analyst);
    return stdout.trimEnd();
  };
  const alerts = await outputOf('alerts', '--since', '2026-10-01');
  const ack = await outputOf('ack', payments);
  const [invoices = ''] = alerts.split('\n').filter((line) => line.includes('invoices'));
  const where = await bench.run(['where', bareLayer(shim)], analyst);
  const dryRun = await outputOf('restore', invoices.slice(0, 12), '--dry-run');
  const restore = await bench.run(['restore', invoices.slice(0, 12), '--yes'], analyst);
  const close = await outputOf('close', payments, '--reason', 'key of ci-deploy rotated');
  const show = await outputOf('show', payments);
  await makeWell(bench);
  return {
    alerts,
    triage: [ack, close].join('\n'),
    where: `${where.stdout}${where.stderr}`.trimEnd(),
    'restore-dry-run': dryRun,
    restore: `${restore.stderr}${restore.stdout}`.trimEnd(),
    show: show.slice(show.lastIndexOf('\nStatus')).trim(),
    doctor: await outputOf('doctor'),
    redrive: await outputOf('redrive', '--dry-run'),
    'replay-s3': await estimateOutput(bench, analyst),
    selftest: await selftestOutput(bench, functions, analyst),
  };
}

/** The records of the sample set, by the event path. */
async function seeSampleSet(bench: CommandBench): Promise<void> {
  const file = join(projectFolder, 'samples', 'logs', '2026-10-06-cloudtrail.json');
  const { Records } = JSON.parse(readFileSync(file, 'utf8')) as { Records: Record<string, unknown>[] };
  await bench.detect(...Records);
}

/** A function that begins with one layer and is given another, on the emulator and in the records. */
async function attackedFunction(bench: CommandBench, functions: Functions): Promise<void> {
  for (let version = 1; version <= 4; version++) await functions.layer('base');
  await functions.layer('metrics-shim');
  const base = layerVersion('base', 4);
  await functions.create('invoices', [base, shim]);
  await bench.detect(
    givenCreate([base], { eventTime: '2026-10-07T07:02:00Z' }, 'invoices'),
    givenUpdate([base, shim], { eventTime: '2026-10-07T07:10:00Z' }, 'invoices'),
  );
}

async function signIn(role: string, session: string): Promise<Environment> {
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await new IAMClient({}).send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument }));
  const RoleArn = `arn:aws:iam::${deployedAccount}:role/${role}`;
  const { Credentials } = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: session }),
  );
  return {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
  };
}

/** What a deployment on AWS has and the emulator leaves out, and one event that waits. */
async function makeWell(bench: CommandBench): Promise<void> {
  const { deployed } = bench;
  await completeDeployment();
  const dynamoDb = new DynamoDBClient({});
  for (const [TableName, AttributeName] of [
    [deployed.alertTableName, alertTable.expiresAtAttribute],
    [deployed.stateTableName, stateTable.expiresAtAttribute],
  ] as const) {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await dynamoDb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
    const TimeToLiveSpecification = { AttributeName, Enabled: true };
    await dynamoDb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-3' as const };
  await new S3Client({ forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'org-trail', CreateBucketConfiguration }),
  );
  const trail = new CloudTrailClient({});
  await trail.send(
    new CreateTrailCommand({ Name: 'org-trail', S3BucketName: 'org-trail', IsMultiRegionTrail: true }),
  );
  await trail.send(new StartLoggingCommand({ Name: 'org-trail' }));
  await subscribeQueue(deployed.topicArn);
  await subscribeQueue(deployed.alarmTopicArn);
  await putAlarm(deployed.alarmTopicArn);
  const history = await LoopbackEventHistory.start([]);
  await bench.invoke(deployed.sweeper, [{}], { AWS_ENDPOINT_URL_CLOUDTRAIL: history.endpoint });
  await history.stop();
  await new SQSClient({ useQueueUrlAsEndpoint: false }).send(
    new SendMessageCommand({
      QueueUrl: deployed.queueUrls.failedEvents,
      MessageBody: JSON.stringify(failedEvent),
    }),
  );
}

/** What Lambda leaves of an event on which the detector failed each time. */
const failedEvent = {
  requestContext: { condition: 'RetriesExhausted' },
  requestPayload: {
    detail: { eventName: 'UpdateFunctionConfiguration20150331v2', eventTime: '2026-10-07T07:20:00Z' },
  },
  responsePayload: { errorMessage: 'the topic is away' },
};

/** The estimate goes to stderr, because the results go to stdout. */
async function estimateOutput(bench: CommandBench, analyst: Environment): Promise<string> {
  const Key = `AWSLogs/${deployedAccount}/CloudTrail/eu-west-3/2026/10/06/${deployedAccount}_CloudTrail_eu-west-3_20261006T2120Z.json`;
  const Body = readFileSync(join(projectFolder, 'samples', 'logs', '2026-10-06-cloudtrail.json'));
  await new S3Client({ forcePathStyle: true }).send(new PutObjectCommand({ Bucket: 'org-trail', Key, Body }));
  const args = [
    'replay',
    's3://org-trail/AWSLogs',
    '--account',
    deployedAccount,
    '--from',
    '2026-10-01',
    '--dry-run',
  ];
  return (await bench.run(args, analyst)).stderr.trimEnd();
}

async function putAlarm(topicArn: string): Promise<void> {
  await new CloudWatchClient({}).send(
    new PutMetricAlarmCommand({
      AlarmName: 'Layerwatch-SweepMissing',
      AlarmActions: [topicArn],
      Namespace: 'Layerwatch',
      MetricName: 'SweepHeartbeat',
      Statistic: 'Sum',
      Period: 600,
      EvaluationPeriods: 3,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
    }),
  );
}

async function selftestOutput(
  bench: CommandBench,
  functions: Functions,
  analyst: Environment,
): Promise<string> {
  const running = bench.run(['selftest'], analyst);
  const name = await functions.untilPublished('layerwatch-selftest-');
  await bench.detect(givenPublish(name, 1, { eventTime: new Date().toISOString() }));
  return (await running).stdout.trimEnd();
}

/** A text without what differs from run to run: times, durations, random names and revisions. */
export function steady(text: string): string {
  return text
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
    .replace(/2026-1[12]-\d{2} \d{2}:\d{2} UTC/g, 'TIME')
    .replace(/[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{8} [A-Z][A-Za-z/]+/g, 'TIME')
    .replace(/[\d.]+ s\b/g, 'SECONDS')
    .replace(/\d+ (minutes|hours) ago/g, 'AGO')
    .replace(/alert [0-9a-f]{12} after/g, 'alert ID after')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'REVISION')
    .replace(/Layerwatch-[A-Za-z]+[0-9A-F]{8}-\w+/g, 'NAME');
}
