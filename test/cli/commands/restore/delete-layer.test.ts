import { LambdaControl } from '../../../../cli/aws/lambda-control';
import { deleteLayer } from '../../../../cli/commands/restore/delete-layer';
import type { RestoreSession } from '../../../../cli/commands/restore/restore-session';
import { findingOf } from '../../../fixtures/finding';
import { givenPublish } from '../../../fixtures/records';
import { AwsError, accessDenied, LoopbackAws } from '../../../harness/loopback-aws';

const alert = findingOf(givenPublish('util', 3));
const versionArn = 'arn:aws:lambda:eu-west-3:123456789012:layer:util:3';
const user = 'arn:aws:lambda:eu-west-3:123456789012:function:orders';

describe('deleting a published layer version', () => {
  let aws: LoopbackAws;
  let isThere: boolean;
  let printed: string[];
  let session: RestoreSession;

  beforeEach(async () => {
    aws = await LoopbackAws.start();
    isThere = true;
    printed = [];
    aws
      .on('GetLayerVersion', () => {
        if (!isThere) throw new AwsError('ResourceNotFoundException', 'not found', 404);
        return {};
      })
      .on('ListFunctions', () => ({ Functions: [{ FunctionArn: user, Layers: [{ Arn: versionArn }] }] }))
      .on('DeleteLayerVersion', () => {
        isThere = false;
        return {};
      });
    session = {
      lambda: new LambdaControl('eu-west-3', undefined),
      dryRun: false,
      print: async (line) => void printed.push(line),
      confirm: async () => {},
    };
  });
  afterEach(() => aws.stop());

  test('given a version that is there, then it is deleted and that is verified', async () => {
    expect(await deleteLayer(alert, session)).toEqual({
      action: 'delete-layer',
      outcome: `deleted and verified: ${versionArn}`,
      wasTried: true,
    });
  });

  test('given a function that has it, then the function is printed', async () => {
    await deleteLayer(alert, session);
    expect(printed).toContain(`  ${user}`);
  });

  test('given no function that has it, then that is printed', async () => {
    aws.on('ListFunctions', () => ({ Functions: [] }));
    await deleteLayer(alert, session);
    expect(printed).toEqual(['no function of this account and region has this version']);
  });

  test('given a version that is gone, then nothing is tried', async () => {
    isThere = false;
    expect(await deleteLayer(alert, session)).toMatchObject({ wasTried: false });
  });

  test('given a dry run, then it stays', async () => {
    await deleteLayer(alert, { ...session, dryRun: true });
    expect(isThere).toBe(true);
  });

  test('given a deletion that AWS refuses, then the attempt failed with the reason', async () => {
    aws.on('DeleteLayerVersion', accessDenied);
    await expect(deleteLayer(alert, session)).rejects.toMatchObject({
      code: 'FailedAttempt',
      message: expect.stringMatching(/^AWS refused: /),
    });
  });

  test('given a version that is still there afterwards, then the attempt failed', async () => {
    aws.on('DeleteLayerVersion', () => ({}));
    await expect(deleteLayer(alert, session)).rejects.toMatchObject({ code: 'FailedAttempt' });
  });
});
