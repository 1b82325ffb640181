import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** CloudTrail writes a file every five minutes for each account and region; busy ones hold some thousand records. */
const recordsPerFile = 4_000;

/** One record in so many is a match, as in an account where people work. */
const recordsPerMatch = 100_000;

const calls = [
  ['ec2.amazonaws.com', 'DescribeInstances'],
  ['sts.amazonaws.com', 'AssumeRole'],
  ['s3.amazonaws.com', 'GetBucketAcl'],
  ['kms.amazonaws.com', 'Decrypt'],
  ['lambda.amazonaws.com', 'GetFunction20150331v2'],
  ['dynamodb.amazonaws.com', 'DescribeTable'],
] as const;

export interface MadeLogs {
  readonly folder: string;
  readonly files: number;
  readonly textBytes: number;
  readonly records: number;
}

/** Writes gzip logs of at least so many bytes of text; the same every time. */
export function makeLogs(folder: string, wantedTextBytes: number): MadeLogs {
  mkdirSync(folder, { recursive: true });
  let [files, textBytes, records] = [0, 0, 0];
  while (textBytes < wantedTextBytes) {
    const lines = Array.from({ length: recordsPerFile }, () => JSON.stringify(recordNumber(records++)));
    const text = `{"Records":[${lines.join(',')}]}`;
    writeFileSync(join(folder, `${String(files++).padStart(5, '0')}.json.gz`), gzipSync(text));
    textBytes += Buffer.byteLength(text);
  }
  return { folder, files, textBytes, records };
}

function recordNumber(number: number): object {
  const digest = createHash('sha256').update(String(number)).digest('hex');
  const isMatch = number % recordsPerMatch === recordsPerMatch - 1;
  const [eventSource, eventName] = isMatch
    ? ['lambda.amazonaws.com', 'UpdateFunctionConfiguration20150331v2']
    : (calls[number % calls.length] ?? calls[0]);
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
    requestParameters: isMatch
      ? {
          functionName: `function-${digest.slice(0, 6)}`,
          layers: [`arn:aws:lambda:eu-west-3:123456789012:layer:base:${number}`],
        }
      : {
          filterSet: {
            items: [{ name: 'instance-id', valueSet: { items: [{ value: `i-${digest.slice(0, 17)}` }] } }],
          },
        },
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
