import { createHash } from 'node:crypto';
import { functionChecks } from '../../../../../cli/commands/doctor/checks/functions';
import { accessDenied } from '../../../../harness/loopback-aws';
import { CheckBench, checkNamed } from '../check-bench';

const code = Buffer.from('the bundle');
const CodeSha256 = createHash('sha256').update(code).digest('base64');

const deployed = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    MemorySize: 256,
    Timeout: 30,
    Role: 'arn:aws:iam::123456789012:role/own',
    Environment: { Variables: { ALERT_TABLE: { Ref: 'TablesAlerts0123ABCD' }, LEVEL: 'info' } },
    Code: { S3Bucket: { 'Fn::Sub': `assets-\${AWS::AccountId}-\${AWS::Region}` }, S3Key: 'bundle.zip' },
  },
};

const now = (more: object = {}) => ({
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 256,
  Timeout: 30,
  Role: 'arn:aws:iam::123456789012:role/own',
  State: 'Active',
  CodeSha256,
  Environment: { Variables: { ALERT_TABLE: 'alerts', LEVEL: 'info' } },
  ...more,
});

describe.each(functionChecks)('the $name', (check) => {
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
    bench
      .on('GetFunctionConfiguration', now())
      .on('GetTemplate', {
        TemplateBody: JSON.stringify({
          Resources: {
            Detector0123ABCD: deployed,
            Sweeper0123ABCD: deployed,
            LogReader0123ABCD: deployed,
            Selftester0123ABCD: deployed,
          },
        }),
      })
      .on('GetCallerIdentity', { Account: '123456789012' })
      .on('GetObject', ({ path }: { path: string }) =>
        path === '/assets-123456789012-eu-west-3/bundle.zip' ? code : Buffer.from('another object'),
      );
  });
  afterEach(() => bench.stop());

  test('given it as deployed, then it is right', async () => {
    expect(await bench.run(check)).toEqual({
      check: check.name,
      status: 'ok',
      found: 'code and configuration as deployed, no layers',
    });
  });

  test.each([
    ['another runtime', { Runtime: 'nodejs22.x' }, /Runtime is nodejs22.x, deployed as nodejs24.x$/],
    ['another timeout', { Timeout: 1 }, /Timeout is 1, deployed as 30$/],
    [
      'another role',
      { Role: 'arn:aws:iam::123456789012:role/weak' },
      /Role is arn:aws:iam::123456789012:role\/weak, deployed as arn:aws:iam::123456789012:role\/own$/,
    ],
    [
      'variables that it cannot read itself',
      { Environment: { Error: { ErrorCode: 'KMSDisabledException' } } },
      /its variables cannot be read: KMSDisabledException$/,
    ],
    [
      'a layer',
      { Layers: [{ Arn: 'arn:aws:lambda:eu-west-3:999988887777:layer:parasite:1' }] },
      /it has layer arn:aws:lambda:eu-west-3:999988887777:layer:parasite:1, which was not deployed$/,
    ],
    ['a state that is not active', { State: 'Failed' }, /it is Failed$/],
    [
      'another value of a variable',
      { Environment: { Variables: { ALERT_TABLE: 'mine', LEVEL: 'info' } } },
      /variable ALERT_TABLE is not as deployed$/,
    ],
    [
      'a variable more',
      { Environment: { Variables: { ALERT_TABLE: 'alerts', LEVEL: 'info', NODE_OPTIONS: '-r x' } } },
      /variable NODE_OPTIONS was not deployed$/,
    ],
    ['other code', { CodeSha256: 'other' }, /runs other code than was deployed$/],
  ])('given %s, then the difference is named', async (_, difference, found) => {
    bench.on('GetFunctionConfiguration', now(difference));
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(found),
      fix: 'deploy the stack again: npx cdk deploy --revert-drift',
    });
  });

  test('given a value of a variable that differs, then the value is not shown', async () => {
    bench.on('GetFunctionConfiguration', now({ Environment: { Variables: { LEVEL: 'secret' } } }));
    expect((await bench.run(check)).found).not.toContain('secret');
  });

  test('given a bucket that may not be read, then it warns that the code was not compared', async () => {
    bench.on('GetObject', accessDenied);
    expect(await bench.run(check)).toMatchObject({
      status: 'warning',
      found: 'configuration as deployed; its code could not be compared',
    });
  });
});

test('given each function of a stack, then it has a check', () => {
  expect(functionChecks.map(({ name }) => checkNamed(functionChecks, name).name)).toEqual([
    'detector function',
    'sweeper function',
    'log reader function',
    'self-test function',
  ]);
});

test.each(['LogReader', 'Selftester'])('given a stack without %s, then its check is skipped', async (id) => {
  const bench = await CheckBench.start();
  const results = await Promise.all(functionChecks.map((check) => bench.run(check, [id])));
  expect(results.filter(({ found }) => found.startsWith('not configured'))).toHaveLength(1);
  await bench.stop();
});
