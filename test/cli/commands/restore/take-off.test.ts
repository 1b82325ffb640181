import { LambdaControl } from '../../../../cli/aws/lambda-control';
import type { LayerUser } from '../../../../cli/aws/layer-users';
import type { RestoreSession } from '../../../../cli/commands/restore/restore-session';
import { takeOff } from '../../../../cli/commands/restore/take-off';
import { functionArn, layerVersion } from '../../../fixtures/records';
import { AwsError, LoopbackAws } from '../../../harness/loopback-aws';

const [base, old, bad] = [
  layerVersion('base', 1),
  layerVersion('boto-utils', 2),
  layerVersion('boto-utils', 3),
];

const user = (replaced?: string): LayerUser => ({
  functionArn: functionArn('payments'),
  name: 'payments',
  account: '123456789012',
  region: 'eu-west-3',
  versions: [bad],
  since: '2026-10-06T21:00:00.000Z',
  isExact: true,
  actor: undefined,
  replaced,
});

describe('taking a layer off a function', () => {
  let aws: LoopbackAws;
  /** The layers of the function on the loopback Lambda. */
  let layers: readonly string[];
  let session: RestoreSession;

  beforeEach(async () => {
    aws = await LoopbackAws.start();
    layers = [bad, base];
    aws
      .on('GetFunctionConfiguration', () => ({
        Layers: layers.map((Arn) => ({ Arn })),
        RevisionId: 'revision-1',
      }))
      .on('GetLayerVersion', () => ({}))
      .on('UpdateFunctionConfiguration', (input) => {
        layers = input['Layers'] as readonly string[];
        return {};
      });
    session = {
      lambda: new LambdaControl('eu-west-3', undefined),
      dryRun: false,
      print: async () => {},
      confirm: async () => {},
    };
  });
  afterEach(() => aws.stop());

  test('given a function that has it, then the other layers stay in their order', async () => {
    expect(await takeOff(user(), bad, session)).toMatchObject({ wasTried: true });
    expect(layers).toEqual([base]);
  });

  test('given the layer without a version, then each version goes', async () => {
    layers = [bad, base, old];
    await takeOff(user(), bad.slice(0, -2), session);
    expect(layers).toEqual([base]);
  });

  test('given a version that it replaced, then that is put back in its place', async () => {
    await takeOff(user(old), bad, session);
    expect(layers).toEqual([old, base]);
  });

  test('given a replaced version that is gone, then it is refused and the function stays as it is', async () => {
    aws.on('GetLayerVersion', () => {
      throw new AwsError('ResourceNotFoundException', 'not found', 404);
    });
    await expect(takeOff(user(old), bad, session)).rejects.toThrow(/does not exist any more/);
    expect(layers).toEqual([bad, base]);
  });

  test('given a function that lost it meanwhile, then nothing is tried', async () => {
    layers = [base];
    expect(await takeOff(user(), bad, session)).toEqual({
      action: 'restore',
      outcome: 'the function has it no more',
      wasTried: false,
    });
  });

  test('given a function that is gone, then nothing is tried', async () => {
    aws.on('GetFunctionConfiguration', () => {
      throw new AwsError('ResourceNotFoundException', 'not found', 404);
    });
    expect(await takeOff(user(), bad, session)).toMatchObject({ wasTried: false });
  });

  test('given a dry run, then the command is the outcome and the function stays as it is', async () => {
    const { outcome } = await takeOff(user(), bad, { ...session, dryRun: true });
    expect(outcome).toContain(`--layers ${base} --revision-id revision-1`);
    expect(layers).toEqual([bad, base]);
  });
});
