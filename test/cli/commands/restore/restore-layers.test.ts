import { LambdaControl } from '../../../../cli/aws/lambda-control';
import { restoreLayers } from '../../../../cli/commands/restore/restore-layers';
import type { RestoreSession } from '../../../../cli/commands/restore/restore-session';
import { NotDoneError } from '../../../../cli/errors';
import { findingOf } from '../../../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../../../fixtures/records';
import { AwsError, accessDenied, LoopbackAws } from '../../../harness/loopback-aws';

const [base, bad] = [layerVersion('base', 1), layerVersion('boto-utils', 3, '999988887777')];
const alert = findingOf(givenUpdate([base, bad]), {}, { before: [base] });

interface Update {
  readonly Layers: readonly string[];
  readonly RevisionId: string;
}

describe('restoring the layers of a function', () => {
  let aws: LoopbackAws;
  /** The layers of the function on the loopback Lambda. */
  let layers: readonly string[];
  let updates: Update[];
  let printed: string[];
  let session: RestoreSession;

  beforeEach(async () => {
    aws = await LoopbackAws.start();
    layers = [base, bad];
    updates = [];
    printed = [];
    aws
      .on('GetFunctionConfiguration', () => ({
        Layers: layers.map((Arn) => ({ Arn })),
        RevisionId: 'revision-1',
        LastModified: '2026-10-06T21:14:05.000+0000',
      }))
      .on('GetLayerVersion', () => ({}))
      .on('UpdateFunctionConfiguration', (input) => {
        const update = input as unknown as Update;
        updates.push(update);
        layers = update.Layers;
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

  const refuse = (operation: string, error: AwsError) =>
    aws.on(operation, () => {
      throw error;
    });

  test('given the layers of the alert, then the ones from before are set', async () => {
    await restoreLayers(alert, session);
    expect(layers).toEqual([base]);
  });

  test('given the layers of the alert, then the update is guarded by the revision that was read', async () => {
    await restoreLayers(alert, session);
    expect(updates.map(({ RevisionId }) => RevisionId)).toEqual(['revision-1']);
  });

  test.each(['file:///home/ana/.aws/credentials', '--endpoint-url=http://127.0.0.1:1', 'x`id`', `${base}:x`])(
    'given %s among the layers from before, then nothing is done and no command is shown',
    async (foreign) => {
      const hostile = findingOf(givenUpdate([base, bad]), {}, { before: [base, foreign] });
      await expect(restoreLayers(hostile, { ...session, dryRun: true })).rejects.toThrow(NotDoneError);
      await expect(restoreLayers(hostile, session)).rejects.toThrow('which is no name that AWS allows');
      expect(updates).toEqual([]);
    },
  );

  test('given a restore, then the layers before, at the alert and now are printed', async () => {
    await restoreLayers(alert, session);
    expect(printed).toEqual([
      'before  at alert  now  layer',
      `1       1         1    ${base}`,
      `-       2         2    ${bad}`,
    ]);
  });

  test('given a restore, then its outcome is verified', async () => {
    expect(await restoreLayers(alert, session)).toEqual({
      action: 'restore',
      outcome: `restored and verified: ${base}`,
      wasTried: true,
    });
  });

  test('given one layer, then the question counts it and names the function', async () => {
    const questions: string[] = [];
    await restoreLayers(alert, { ...session, confirm: async (question) => void questions.push(question) });
    expect(questions).toEqual(['Set the 1 layer from before on payments?']);
  });

  test('given a no, then nothing is updated', async () => {
    const confirm = () => Promise.reject(new NotDoneError('nothing was changed'));
    await expect(restoreLayers(alert, { ...session, confirm })).rejects.toThrow('nothing was changed');
    expect(updates).toEqual([]);
  });

  test('given a dry run, then the command of the AWS CLI is the outcome', async () => {
    const { outcome } = await restoreLayers(alert, { ...session, dryRun: true });
    expect(outcome).toBe(
      `aws lambda update-function-configuration --region eu-west-3 --function-name ${alert.layerwatch.target.arn} --layers ${base} --revision-id revision-1`,
    );
  });

  test('given a dry run, then nothing is updated', async () => {
    await restoreLayers(alert, { ...session, dryRun: true });
    expect(updates).toEqual([]);
  });

  test('given the layers from before, then there is nothing to do', async () => {
    layers = [base];
    expect(await restoreLayers(alert, session)).toMatchObject({ wasTried: false });
  });

  test('given layers that changed since, then it refuses', async () => {
    layers = [bad];
    await expect(restoreLayers(alert, session)).rejects.toThrow(
      /^not restored: the layers of the function have changed since the alert; /,
    );
  });

  test('given a function that is gone, then it says so', async () => {
    refuse('GetFunctionConfiguration', new AwsError('ResourceNotFoundException', 'not found', 404));
    await expect(restoreLayers(alert, session)).rejects.toThrow(/does not exist any more/);
  });

  test('given a layer from before that is gone, then it refuses', async () => {
    refuse('GetLayerVersion', new AwsError('ResourceNotFoundException', 'not found', 404));
    await expect(restoreLayers(alert, session)).rejects.toThrow(
      `layer version ${base} from before does not exist`,
    );
  });

  test('given a layer from before that may not be looked up, then it is restored all the same', async () => {
    aws.on('GetLayerVersion', accessDenied);
    expect(await restoreLayers(alert, session)).toMatchObject({ wasTried: true });
  });

  test('given a layer from before that may not be looked up, then the reason is printed', async () => {
    aws.on('GetLayerVersion', accessDenied);
    await restoreLayers(alert, session);
    expect(printed.at(-1)).toMatch(/could not be looked up \(AWS refused: .+\); Lambda will check it$/);
  });

  test('given a change at the same time, then it says to run the command again', async () => {
    refuse('UpdateFunctionConfiguration', new AwsError('PreconditionFailedException', 'revision', 412));
    await expect(restoreLayers(alert, session)).rejects.toMatchObject({
      code: 'FailedAttempt',
      message: 'the function was changed at the same time; run the command again',
    });
  });

  test('given an update that AWS refuses, then the attempt failed with the reason', async () => {
    aws.on('UpdateFunctionConfiguration', accessDenied);
    await expect(restoreLayers(alert, session)).rejects.toMatchObject({
      code: 'FailedAttempt',
      message: expect.stringMatching(/^AWS refused: /),
    });
  });

  test('given an update that leaves other layers, then the attempt failed', async () => {
    aws.on('UpdateFunctionConfiguration', () => ({}));
    await expect(restoreLayers(alert, session)).rejects.toMatchObject({
      code: 'FailedAttempt',
      message: expect.stringContaining('the function has other layers than from before'),
    });
  });

  test('given an alert about a published layer, then it refuses', async () => {
    await expect(restoreLayers(findingOf(givenPublish('util', 3)), session)).rejects.toThrow(
      /^not restored: the alert is about a layer; /,
    );
  });
});
