import { keyCheck } from '../../../../../cli/commands/doctor/checks/keys';
import { CheckBench } from '../check-bench';

const key = 'arn:aws:kms:eu-west-3:123456789012:key/1';

const account = '123456789012';
const use = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const allowed = (service: string, Action: readonly string[], Condition?: unknown) => ({
  Effect: 'Allow',
  Principal: { Service: `${service}.amazonaws.com` },
  Action,
  Resource: '*',
  ...(Condition === undefined ? {} : { Condition }),
});

/** The statements of docs/kms-key-policy.md. */
const events = allowed('events', use);
const cloudwatch = allowed('cloudwatch', use, {
  StringEquals: { 'aws:SourceAccount': account },
  ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-west-3:${account}:alarm:Layerwatch-*` },
});
const logs = allowed(
  'logs.eu-west-3',
  ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  {
    ArnLike: {
      'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:eu-west-3:${account}:log-group:Layerwatch-*`,
    },
  },
);
const documented = [events, cloudwatch, logs];

const policyOf = (...Statement: readonly object[]) => ({ Policy: JSON.stringify({ Statement }) });

describe('the key of the tables', () => {
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
    bench
      .on('DescribeTable', { Table: { SSEDescription: { KMSMasterKeyArn: key } } })
      .on('DescribeKey', { KeyMetadata: { KeyState: 'Enabled', KeyManager: 'CUSTOMER' } })
      .on('GetKeyPolicy', policyOf(...documented));
  });
  afterEach(() => bench.stop());

  test('given a key that each service may use, then it is right', async () => {
    expect(await bench.run(keyCheck)).toMatchObject({
      status: 'ok',
      found: `${key} is enabled and allows the services to use it`,
    });
  });

  test('given tables with a key of AWS, then there is nothing to check', async () => {
    bench.on('DescribeTable', { Table: {} });
    expect(await bench.run(keyCheck)).toMatchObject({ status: 'ok' });
  });

  test('given a disabled key, then the command that enables it is shown', async () => {
    bench.on('DescribeKey', { KeyMetadata: { KeyState: 'Disabled', KeyManager: 'CUSTOMER' } });
    expect(await bench.run(keyCheck)).toMatchObject({
      status: 'failed',
      found: `key ${key} is Disabled`,
      fix: `aws kms enable-key --key-id ${key}`,
    });
  });

  test.each<[string, readonly object[], string]>([
    ['without the alarms', [events, logs], 'cloudwatch.amazonaws.com'],
    ['without the logs', [events, cloudwatch], 'logs.eu-west-3.amazonaws.com'],
    [
      'that lets EventBridge only describe it',
      [{ ...events, Action: ['kms:Describe*'] }, cloudwatch, logs],
      'events.amazonaws.com',
    ],
    [
      'with a condition that EventBridge does not fulfil',
      [{ ...events, Condition: { StringEquals: { 'aws:SourceAccount': account } } }, cloudwatch, logs],
      'events.amazonaws.com',
    ],
    [
      'for the alarms of another account',
      [events, { ...cloudwatch, Condition: { StringEquals: { 'aws:SourceAccount': '999988887777' } } }, logs],
      'cloudwatch.amazonaws.com',
    ],
    [
      'for other log groups',
      [
        events,
        cloudwatch,
        { ...logs, Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*:x' } } },
      ],
      'logs.eu-west-3.amazonaws.com',
    ],
    ['that denies EventBridge', [...documented, { ...events, Effect: 'Deny' }], 'events.amazonaws.com'],
    [
      'with a condition of an unknown kind',
      [{ ...events, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, cloudwatch, logs],
      'events.amazonaws.com',
    ],
  ])('given a policy %s, then the service is named', async (_, statements, service) => {
    bench.on('GetKeyPolicy', policyOf(...statements));
    expect(await bench.run(keyCheck)).toMatchObject({
      status: 'failed',
      found: `the policy of ${key} does not allow ${service} to use it`,
    });
  });

  test('given a policy that names actions one by one, then it is right', async () => {
    const one = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'];
    bench.on('GetKeyPolicy', policyOf(events, cloudwatch, { ...logs, Action: one }));
    expect(await bench.run(keyCheck)).toMatchObject({ status: 'ok' });
  });
});
