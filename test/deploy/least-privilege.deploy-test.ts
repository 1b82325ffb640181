import {
  givenCreate,
  givenDelete,
  givenEnvelope,
  givenPublish,
  givenUpdate,
  layerVersion,
} from '../fixtures/records';
import type { Emulator } from '../harness/emulator';
import { LoopbackEventHistory } from '../harness/loopback-event-history';
import { describeWith } from '../harness/tools';
import { type Deployed, invokeDeployed, startDeployment } from './deployment';
import {
  credentialsOf,
  forbiddenCalls,
  isRefused,
  type RoleCredentials,
  rewriteInlinePolicies,
} from './least-privilege';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** On an emulator of its own: once policies are enforced, they are for every test. */
describeWith(['moto_server'], 'the deployed stack with policies that are enforced', () => {
  let emulator: Emulator;
  let deployed: Deployed;
  let detector: RoleCredentials;
  let sweeper: RoleCredentials;
  beforeAll(async () => {
    ({ emulator, deployed } = await startDeployment());
    detector = await credentialsOf(deployed.detector.roleName);
    sweeper = await credentialsOf(deployed.sweeper.roleName);
    for (const { roleName } of [deployed.detector, deployed.sweeper]) await rewriteInlinePolicies(roleName);
    await emulator.enforcePolicies();
  });
  afterAll(() => emulator?.stop());

  test('given each kind of event, then the detector works with no more than its own role', async () => {
    const events = [
      givenUpdate([foreign], {}, 'payroll'),
      givenUpdate(undefined, {}, 'payroll'),
      givenUpdate([foreign], { errorCode: 'AccessDenied' }, 'payroll'),
      givenPublish('base', 9),
      givenCreate([], {}, 'newcomer'),
      givenDelete({}, 'newcomer'),
    ].map(givenEnvelope);
    const { results, log } = await invokeDeployed(
      emulator.endpoint,
      deployed.detector,
      events,
      detector.environment,
    );
    expect(results).toEqual(events.map(() => ({ ok: true })));
    expect(log).not.toMatch(/AccessDenied.*not authorized/);
  });

  test('given a run, then the sweeper works with no more than its own role', async () => {
    const history = await LoopbackEventHistory.start([]);
    const { results, log } = await invokeDeployed(emulator.endpoint, deployed.sweeper, [{}], {
      ...sweeper.environment,
      AWS_ENDPOINT_URL_CLOUDTRAIL: history.endpoint,
    });
    await history.stop();
    expect(results).toEqual([{ ok: true }]);
    // The emulator takes the signature of a request about one function for wrong, and of no other.
    const refused = log.split('\n').filter((line) => /could not be made|AccessDenied/.test(line));
    expect(refused.filter((line) => !line.includes('"name":"functions"'))).toEqual([]);
  });

  test.each(['detector', 'sweeper'] as const)(
    'given calls that the %s has no use for, then each is refused',
    async (name) => {
      const { credentials } = name === 'detector' ? detector : sweeper;
      const refused = await Promise.all(
        forbiddenCalls(deployed, credentials).map(
          async ([what, call]) => [what, await isRefused(call)] as const,
        ),
      );
      expect(refused.filter(([, isRefused]) => !isRefused)).toEqual([]);
      expect(refused.length).toBeGreaterThanOrEqual(10);
    },
  );
});
