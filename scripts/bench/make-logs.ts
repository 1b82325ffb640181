import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** CloudTrail writes a file every five minutes for each account and region. */
const recordsPerFile = 400;

/** One record in so many is a match, as in an account where people work. */
const recordsPerMatch = 100_000;

const calls = [
  ['ec2.amazonaws.com', 'DescribeInstances'],
  ['sts.amazonaws.com', 'AssumeRole'],
  ['s3.amazonaws.com', 'GetBucketAcl'],
  ['kms.amazonaws.com', 'Decrypt'],
  ['dynamodb.amazonaws.com', 'DescribeTable'],
] as const;

/** Calls whose records hold words of the wanted ones. */
const lambdaCalls = [
  ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2'],
  ['lambda.amazonaws.com', 'GetFunctionConfiguration20150331v2'],
  ['iam.amazonaws.com', 'PutRolePolicy'],
] as const;

/** How the records of a file are written. */
export type LogShape = 'compact' | 'spaced' | 'indented' | 'ndjson' | 'lookup-events' | 'envelopes';

export interface LogSet {
  readonly name: string;
  readonly shape: LogShape;
  readonly files: number;
  /** One record in so many is ordinary Lambda traffic; 0 for none of it, and no match either. */
  readonly recordsPerLambdaCall: number;
}

export interface MadeLogs {
  readonly folder: string;
  readonly textBytes: number;
  readonly records: number;
}

/** Writes gzip logs; the same every time. */
export function makeLogs(folder: string, set: LogSet): MadeLogs {
  mkdirSync(folder, { recursive: true });
  let textBytes = 0;
  for (let file = 0; file < set.files; file++) {
    const first = file * recordsPerFile;
    const records = Array.from({ length: recordsPerFile }, (_, index) => recordNumber(first + index, set));
    const text = writers[set.shape](records);
    writeFileSync(join(folder, `${String(file).padStart(5, '0')}.json.gz`), gzipSync(text));
    textBytes += Buffer.byteLength(text);
  }
  return { folder, textBytes, records: set.files * recordsPerFile };
}

const writers: Readonly<Record<LogShape, (records: readonly BenchRecord[]) => string>> = {
  compact: (records) => JSON.stringify({ Records: records }),
  // As json.dump of Python.
  spaced: (records) =>
    JSON.stringify({ Records: records }, null, 1).replace(/\n */g, ' ').replaceAll('{ ', '{'),
  // As jq.
  indented: (records) => JSON.stringify({ Records: records }, null, 2),
  ndjson: (records) => records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  'lookup-events': (records) =>
    JSON.stringify({ Events: records.map((record) => lookedUp(record)), NextToken: 'x' }, null, 4),
  envelopes: (records) => records.map((record) => JSON.stringify(envelopeOf(record))).join(''),
};

interface BenchRecord {
  readonly eventName: string;
  readonly eventSource: string;
  readonly eventID: string;
  readonly eventTime: string;
  readonly [key: string]: unknown;
}

function lookedUp(record: BenchRecord): object {
  const { eventID, eventName, eventTime, eventSource } = record;
  return {
    EventId: eventID,
    EventName: eventName,
    ReadOnly: 'true',
    EventTime: eventTime,
    EventSource: eventSource,
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  };
}

function envelopeOf(record: BenchRecord): object {
  const { eventID, eventTime, eventSource } = record;
  return {
    version: '0',
    id: eventID,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${eventSource.split('.', 1)[0]}`,
    account: '123456789012',
    time: eventTime,
    region: 'eu-west-3',
    resources: [],
    detail: record,
  };
}

function callOf(number: number, perLambdaCall: number): readonly [string, string] {
  if (perLambdaCall > 0 && number % perLambdaCall === 7)
    return lambdaCalls[number % lambdaCalls.length] ?? lambdaCalls[0];
  return calls[number % calls.length] ?? calls[0];
}

function recordNumber(number: number, { recordsPerLambdaCall }: LogSet): BenchRecord {
  const digest = createHash('sha256').update(String(number)).digest('hex');
  const isMatch = recordsPerLambdaCall > 0 && number % recordsPerMatch === recordsPerMatch - 1;
  const [eventSource, eventName] = isMatch
    ? ['lambda.amazonaws.com', 'UpdateFunctionConfiguration20150331v2']
    : callOf(number, recordsPerLambdaCall);
  return {
    eventVersion: '1.11',
    userIdentity: identityOf(digest),
    eventTime: new Date(Date.UTC(2026, 9, 6) + number * 20).toISOString().replace(/\.\d+/, ''),
    eventSource,
    eventName,
    awsRegion: 'eu-west-3',
    sourceIPAddress: `45.167.${Number.parseInt(digest.slice(0, 2), 16)}.${Number.parseInt(digest.slice(2, 4), 16)}`,
    userAgent:
      'aws-sdk-go-v2/1.39.4 ua/2.1 os/linux lang/go#1.25.1 md/GOOS#linux md/GOARCH#arm64 api/ec2#1.257.2',
    requestParameters: parametersOf(eventName, digest, number),
    responseElements: null,
    requestID: digest.slice(0, 36),
    eventID: uuidOf(digest),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 'ec2.eu-west-3.amazonaws.com',
    },
  };
}

function parametersOf(eventName: string, digest: string, number: number): object {
  const functionName = `function-${digest.slice(0, 6)}`;
  if (eventName.startsWith('UpdateFunctionConfiguration'))
    return { functionName, layers: [`arn:aws:lambda:eu-west-3:123456789012:layer:base:${number}`] };
  if (eventName.includes('Function')) return { functionName, publish: false, dryRun: false };
  if (eventName === 'PutRolePolicy')
    return { roleName: functionName, policyName: 'deploy', policyDocument: deployPolicy };
  const items = [{ name: 'instance-id', valueSet: { items: [{ value: `i-${digest.slice(0, 17)}` }] } }];
  return { filterSet: { items } };
}

const deployPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['lambda:UpdateFunctionConfiguration', 'lambda:PublishLayerVersion'],
      Resource: '*',
    },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
  ],
});

function identityOf(digest: string): object {
  const role = `service-${digest.slice(4, 6)}`;
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE${digest.slice(0, 10).toUpperCase()}:i-${digest.slice(10, 27)}`,
    arn: `arn:aws:sts::123456789012:assumed-role/${role}/i-${digest.slice(10, 27)}`,
    accountId: '123456789012',
    accessKeyId: `ASIA${digest.slice(30, 46).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROAEXAMPLE${digest.slice(0, 10).toUpperCase()}`,
        arn: `arn:aws:iam::123456789012:role/${role}`,
        accountId: '123456789012',
        userName: role,
      },
      attributes: { creationDate: '2026-10-06T00:00:00Z', mfaAuthenticated: 'false' },
      ec2RoleDelivery: '2.0',
    },
  };
}

function uuidOf(digest: string): string {
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
