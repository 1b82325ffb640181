import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsError, accessDenied, LoopbackAws } from '../harness/loopback-aws';
import { runLayerwatch } from './run-layerwatch';

const configuration = join(mkdtempSync(join(tmpdir(), 'layerwatch-aws-')), 'config');
writeFileSync(configuration, '[profile security]\nregion = eu-west-3\n');

/** A machine on which nobody has signed in to AWS. */
const signedOut = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_CONFIG_FILE: configuration,
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const withKey = { ...signedOut, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };

describe('a machine that cannot call AWS: one sentence without a class name, and exit code 3', () => {
  test.each([
    ['no region', [], withKey, 'error: no region set. Pass --region or set AWS_REGION.\n'],
    [
      'no credentials',
      ['--region', 'eu-west-3'],
      signedOut,
      'error: no AWS credentials found. Sign in (aws sso login, aws configure) or choose another --profile.\n',
    ],
    [
      'a profile that is not configured',
      ['--profile', 'nope', '--region', 'eu-west-3'],
      withKey,
      `error: profile "nope" not found in ${configuration} or /nowhere; aws configure list-profiles shows those that exist\n`,
    ],
    [
      'a profile without credentials, although the environment has some',
      ['--profile', 'security'],
      withKey,
      'error: no AWS credentials found. Sign in (aws sso login, aws configure) or choose another --profile.\n',
    ],
    [
      'a region that cannot be one',
      ['--region', 'Paris, France'],
      withKey,
      'error: the region is not a name of a region. Pass another --region or set AWS_REGION.\n',
    ],
    [
      'no network',
      ['--region', 'eu-west-3'],
      { ...withKey, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      'error: AWS cannot be reached from here: connect ECONNREFUSED 127.0.0.1:1\n',
    ],
  ])('given %s', async (_, options, env, sentence) => {
    const ran = await runLayerwatch(['alerts', ...options], { env });
    expect(ran).toEqual({ exitCode: 3, stdout: '', stderr: sentence });
  });
});

describe('a call that AWS does not answer with a result: one sentence without a class name, and exit code 3', () => {
  let aws: LoopbackAws;
  beforeEach(async () => {
    aws = await LoopbackAws.start();
  });
  afterEach(() => aws.stop());

  test.each([
    [
      'a stack that is not there',
      new AwsError('ValidationError', 'Stack with id Other does not exist'),
      'error: no stack "Other" in eu-west-3. Is it deployed in another region, account or under another name? Pass --region, --profile or --stack.\n',
    ],
    [
      'expired credentials',
      new AwsError('ExpiredToken', 'The security token included in the request is expired', 403),
      'error: the AWS credentials have expired. Sign in again, for example with aws sso login.\n',
    ],
    [
      'credentials that AWS does not know',
      new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid', 403),
      'error: AWS does not accept the credentials: The security token included in the request is invalid\n',
    ],
    [
      'another failure',
      new AwsError('ValidationError', 'StackName is too long'),
      'error: AWS call failed: StackName is too long\n',
    ],
  ])('given %s', async (_, error, sentence) => {
    aws.on('ListStackResources', () => {
      throw error;
    });
    const ran = await runLayerwatch(['alerts', '--stack', 'Other'], { env: aws.environment });
    expect(ran).toEqual({ exitCode: 3, stdout: '', stderr: sentence });
  });

  test('given a missing permission, then it says that AWS refused', async () => {
    aws.on('ListStackResources', accessDenied);
    const ran = await runLayerwatch(['alerts'], { env: aws.environment });
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toBe(
      'error: AWS refused: User: arn:aws:iam::123456789012:user/ana is not authorized (your role lacks this permission)\n',
    );
  });
});
