import { keyCheck } from '../../../../../cli/commands/doctor/checks/keys';
import { CheckBench } from '../check-bench';

const key = 'arn:aws:kms:eu-west-3:123456789012:key/1';

const policyFor = (...services: readonly string[]) => ({
  Policy: JSON.stringify({
    Statement: services.map((Service) => ({ Effect: 'Allow', Principal: { Service } })),
  }),
});

const both = policyFor('events.amazonaws.com', 'cloudwatch.amazonaws.com');

describe('the key of the tables', () => {
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
    bench
      .on('DescribeTable', { Table: { SSEDescription: { KMSMasterKeyArn: key } } })
      .on('DescribeKey', { KeyMetadata: { KeyState: 'Enabled', KeyManager: 'CUSTOMER' } })
      .on('GetKeyPolicy', both);
  });
  afterEach(() => bench.stop());

  test('given a key that both services may use, then it is right', async () => {
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

  test('given a policy without a service, then the service is named', async () => {
    bench.on('GetKeyPolicy', policyFor('events.amazonaws.com'));
    expect(await bench.run(keyCheck)).toMatchObject({
      status: 'failed',
      found: `the policy of ${key} does not allow cloudwatch.amazonaws.com to use it`,
    });
  });

  test('given a policy that denies a service, then the service is named', async () => {
    const Policy = both.Policy.replace('Allow', 'Deny');
    bench.on('GetKeyPolicy', { Policy });
    expect(await bench.run(keyCheck)).toMatchObject({
      status: 'failed',
      found: expect.stringContaining('events.amazonaws.com'),
    });
  });
});
