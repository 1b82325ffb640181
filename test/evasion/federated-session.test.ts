import { account, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A user without MFA, or root, makes a federated session and names it after the pipeline. It fails: the name of such a session
 * is its maker's choice, and the maker is named and scored.
 */
const federatedBy = (issuer: object) => ({
  userIdentity: {
    type: 'FederatedUser',
    principalId: `${account}:ci-deploy`,
    arn: `arn:aws:sts::${account}:federated-user/ci-deploy`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLE000000007',
    sessionContext: { sessionIssuer: issuer, attributes: { mfaAuthenticated: 'false' } },
  },
});
const bob = { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/bob`, accountId: account, userName: 'bob' };
const root = { type: 'Root', arn: `arn:aws:iam::${account}:root`, accountId: account };

async function findingBy(fields: object) {
  const bench = await PipelineHarness.start();
  const outcome = await bench.process(
    givenUpdate([layerVersion('own', 1)], fields as Record<string, unknown>),
  );
  await bench.stop();
  if (outcome.kind !== 'alert') throw new Error(outcome.kind);
  return outcome.alert.judgedDocument.layerwatch;
}

test.each([
  ['a user without MFA', bob, 'user-without-mfa'],
  ['root', root, 'root-user'],
])('given a federated session of %s, then it scores as its maker does', async (_, issuer, factor) => {
  const { risk } = await findingBy(federatedBy(issuer));
  expect(risk.factors.map(({ id }) => id)).toContain(factor);
});

test.each([
  ['a user', bob, 'federated user ci-deploy of user bob'],
  ['root', root, `federated user ci-deploy of the root user of account ${account}`],
])('given a federated session of %s, then its maker is named', async (_, issuer, words) => {
  expect((await findingBy(federatedBy(issuer))).context.actor?.short).toBe(words);
});

test('given a federated session of a user, then its principal is that user', async () => {
  expect((await findingBy(federatedBy(bob))).context.actor?.principal).toBe(bob.arn);
});
