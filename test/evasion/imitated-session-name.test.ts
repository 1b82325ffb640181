import { account, givenUpdate, layerVersion, roleIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * The caller of AssumeRole chooses the session's name, so a session may be called like a role that is excepted or deploys.
 * It fails: exceptions and deployers compare the session's issuer, which the caller cannot choose.
 */
test('given a session that is named like an excepted role, then it is notified, at its full score', async () => {
  const principal = `arn:aws:iam::${account}:role/apm-rollout`;
  const bench = await PipelineHarness.start({
    exceptions: [{ name: 'apm', owner: 'o', reason: 'r', expires: '2999-12-31', principal }],
    deployers: [{ name: 'apm', principal }],
  });
  const userIdentity = {
    ...roleIdentity,
    arn: `arn:aws:sts::${account}:assumed-role/ci-deploy/${principal}`,
    principalId: `AROAEXAMPLE:${principal}`,
    userName: 'apm-rollout',
  };
  const outcome = await bench.process(givenUpdate([layerVersion('x', 1, '999988887777')], { userIdentity }));
  expect(outcome).toMatchObject({
    notification: 'sent',
    finding: { layerwatch: { risk: { score: 51 }, exception: null } },
  });
  await bench.stop();
});
