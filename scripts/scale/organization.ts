import { createHash } from 'node:crypto';
import { answering, givenUpdate, layerVersion } from '../../test/fixtures/records';

/** What the made-up organization is like; `docs/reliability.md` states it. */
export const organization = {
  accounts: 400,
  regions: 17,
  /** CloudTrail writes an object about every five minutes for each account and region with calls. */
  objectsPerDay: 2_000_000,
  /** Where teams work; the others see the calls of scanners and of AWS. */
  busyRegions: 2,
  recordsOfBusyObject: 300,
  recordsOfQuietObject: 6,
  /** Of layers 5 and of other configuration 30 a day, in each account and region. */
  matchesPerDay: 35,
} as const;

export const bucket = 'organization-logs';

/** One in so many accounts is read, for a whole day and in all of its regions. */
export const oneAccountIn = 100;

export interface SampledObject {
  readonly key: string;
  readonly account: string;
  readonly region: string;
  readonly number: number;
}

const day = '2026-10-06';

/** Objects of the sample in the order in which CloudTrail would write them. */
export function* sampledObjects(): Generator<SampledObject> {
  const { accounts, regions, objectsPerDay } = organization;
  const perPlace = Math.round(objectsPerDay / accounts / regions);
  for (let number = 0; number < perPlace; number++)
    for (let account = 0; account < accounts / oneAccountIn; account++)
      for (let region = 0; region < regions; region++)
        yield objectOf(String(100_000_000_000 + account), `eu-west-${region + 1}`, number);
}

function objectOf(account: string, region: string, number: number): SampledObject {
  const random = createHash('sha256').update(`${account}${region}${number}`).digest('hex').slice(0, 16);
  const folder = `AWSLogs/o-a1b2c3d4e5/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}`;
  const file = `${account}_CloudTrail_${region}_${day.replaceAll('-', '')}T${clock(number).replace(':', '')}Z_${random}.json.gz`;
  return { key: `${folder}/${file}`, account, region, number };
}

/** The records of an object, as CloudTrail writes them. */
export function recordsOf(object: SampledObject): readonly object[] {
  const { busyRegions, recordsOfBusyObject, recordsOfQuietObject } = organization;
  const isBusy = Number(object.region.split('-')[2]) <= busyRegions;
  const count = isBusy ? recordsOfBusyObject : recordsOfQuietObject;
  return Array.from({ length: count }, (_, index) =>
    index === 0 && hasMatch(object) ? matchOf(object) : otherCall(object, index),
  );
}

/** Spreads the matches of a day evenly over its objects. */
function hasMatch({ number }: SampledObject): boolean {
  const { accounts, regions, objectsPerDay, matchesPerDay } = organization;
  const perPlace = Math.round(objectsPerDay / accounts / regions);
  return (
    Math.floor((number * matchesPerDay) / perPlace) !== Math.floor(((number + 1) * matchesPerDay) / perPlace)
  );
}

/** Five of 35 are changes of layers, on functions that each team changes again and again. */
function matchOf({ account, region, number }: SampledObject): object {
  const name = `function-${number % 40}`;
  const functionArn = ['arn:aws:lambda', region, account, 'function', name].join(':');
  const layers = [layerVersion('base', 1 + Math.floor(number / 40), account)];
  const fields = { ...common(account, region, number, 0), recipientAccountId: account };
  const answer = {
    responseElements: { ...Object(answering(layers, name)['responseElements']), functionArn },
  };
  return givenUpdate(number % 7 === 0 ? layers : undefined, { ...fields, ...answer }, name);
}

const calls = [
  ['ec2.amazonaws.com', 'DescribeInstances'],
  ['sts.amazonaws.com', 'AssumeRole'],
  ['s3.amazonaws.com', 'GetBucketAcl'],
  ['kms.amazonaws.com', 'Decrypt'],
  ['lambda.amazonaws.com', 'GetFunctionConfiguration20150331v2'],
] as const;

function otherCall({ account, region, number }: SampledObject, index: number): object {
  const [eventSource, eventName] = calls[(number + index) % calls.length] ?? calls[0];
  const role = `arn:aws:iam::${account}:role/service-${index % 20}`;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLEEXAMPLE123:i-0${number}`,
      arn: `arn:aws:sts::${account}:assumed-role/service-${index % 20}/i-0${number}`,
      accountId: account,
      accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      sessionContext: { sessionIssuer: { type: 'Role', arn: role, accountId: account } },
    },
    eventSource,
    eventName,
    ...common(account, region, number, index),
    sourceIPAddress: '192.0.2.10',
    userAgent: 'aws-sdk-go-v2/1.30.0 os/linux lang/go#1.23 md/GOOS#linux md/GOARCH#arm64',
    requestParameters: {
      maxResults: 100,
      filterSet: { items: [{ name: 'tag:team', valueSet: ['payments'] }] },
    },
    responseElements: null,
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
}

function common(account: string, awsRegion: string, number: number, index: number) {
  const hex = createHash('sha256').update(`${account}${awsRegion}${number}/${index}`).digest('hex');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return { eventID: groups.join('-'), eventTime: `${day}T${clock(number)}:00Z`, awsRegion };
}

function clock(number: number): string {
  const minutes = Math.floor((number * 24 * 60) / 294) % (24 * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
