import { runLayerwatch } from '../../run-layerwatch';
import { type DeployedAlert, startDeployedAlert } from './deployed-alert';

describe('given an alert that is closed', () => {
  let deployed: DeployedAlert;
  const run = (...args: readonly string[]) => runLayerwatch(args, { env: deployed.env });
  beforeAll(async () => {
    deployed = await startDeployedAlert();
    await run('close', deployed.id, '--reason', 'a test');
  });
  afterAll(() => deployed.aws.stop());

  test('then ack says how to open it again first', async () => {
    const { exitCode, stderr } = await run('ack', deployed.id);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /is closed already, .+; to work on it again, run layerwatch reopen [0-9a-f]{12} first\n$/,
    );
  });

  test('then close does not', async () => {
    expect((await run('close', deployed.id, '--reason', 'again')).stderr).not.toContain('reopen');
  });
});
