import { chosenPrincipals, proposedDeployers, withDeployers } from '../../../../cli/commands/init/deployers';
import type { EventHistory } from '../../../../lambda/sweep/ports';
import { account, givenUpdate, roleIdentity, userIdentity } from '../../../fixtures/records';

const now = new Date('2026-10-20T00:00:00Z');
const ciDeploy = `arn:aws:iam::${account}:role/ci-deploy`;
const eve = `arn:aws:iam::${account}:user/eve`;

/** The records as those of the first name that is asked for. */
function historyOf(records: readonly unknown[]): EventHistory {
  return {
    lookUp: async ({ eventName }) => ({
      records: eventName === 'UpdateFunctionConfiguration20150331v2' ? records : [],
      nextToken: undefined,
    }),
  };
}

async function proposedBy(...records: readonly unknown[]) {
  return proposedDeployers(historyOf(records), now, AbortSignal.timeout(60_000));
}

const byEve = (fields: object = {}) => givenUpdate([], { userIdentity, ...fields });

describe('proposed deployers', () => {
  test('given calls of two principals, then who made more is first', async () => {
    const proposed = await proposedBy(byEve(), givenUpdate([]), givenUpdate([]));
    expect(proposed.map(({ principal, calls }) => [principal, calls])).toEqual([
      [ciDeploy, 2],
      [eve, 1],
    ]);
  });

  test('given calls of several days, then the last day is shown', async () => {
    const days = ['2026-10-05', '2026-10-07', '2026-10-06'];
    const [first] = await proposedBy(...days.map((day) => byEve({ eventTime: `${day}T08:00:00Z` })));
    expect(first?.lastDay).toBe('2026-10-07');
  });

  test.each([
    ['a call that AWS refused', byEve({ errorCode: 'AccessDenied' })],
    ['the root user', byEve({ userIdentity: { type: 'Root', arn: `arn:aws:iam::${account}:root` } })],
    ['a service', byEve({ userIdentity: { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' } })],
    [
      'a wildcard in a name',
      byEve({ userIdentity: { ...userIdentity, arn: `arn:aws:iam::${account}:user/*` } }),
    ],
    ['an escape in a name', byEve({ userIdentity: { ...userIdentity, arn: `${eve}\u001b[2J` } })],
    ['a text that is no record', 'nothing'],
  ])('given %s, then nobody is proposed', async (_, record) => {
    expect(await proposedBy(record)).toEqual([]);
  });

  test('given more principals than a person chooses from, then nine are proposed', async () => {
    const users = Array.from({ length: 20 }, (_, index) =>
      byEve({ userIdentity: { ...userIdentity, arn: `${eve}${index}` } }),
    );
    expect(await proposedBy(...users)).toHaveLength(9);
  });

  test('given a session, then its role is proposed', async () => {
    const [first] = await proposedBy(givenUpdate([], { userIdentity: roleIdentity }));
    expect(first?.principal).toBe(ciDeploy);
  });
});

describe('an answer about deployers', () => {
  const proposed = [
    { principal: ciDeploy, calls: 2, lastDay: '2026-10-07' },
    { principal: eve, calls: 1, lastDay: '2026-10-07' },
  ];

  test.each([
    ['1', [ciDeploy]],
    ['2, 1', [eve, ciDeploy]],
    ['2 arn:aws:iam::123456789012:role/x', [eve, 'arn:aws:iam::123456789012:role/x']],
  ])('given %s, then these are chosen', (line, expected) => {
    expect(chosenPrincipals(line, proposed)).toEqual(expected);
  });

  test.each(['0', '3', '-1', 'all', '1e0', '__proto__'])('given %s, then the sentence repeats it', (word) => {
    expect(() => chosenPrincipals(word, proposed)).toThrow(
      `"${word}" is no deployer; write numbers of the list`,
    );
  });
});

describe('the deployers of the file', () => {
  const today = '2026-11-25';

  test('given one that the file has, then it stays once under its name', () => {
    const known = [{ name: 'pipeline', principal: ciDeploy }];
    expect(withDeployers(known, [ciDeploy, eve, eve], today)).toEqual({
      deployers: [...known, { name: 'eve', principal: eve }],
    });
  });

  test('given a name that is taken, then the new one has a number', () => {
    const known = [{ name: 'eve', principal: ciDeploy }];
    expect(withDeployers(known, [eve], today).deployers.at(-1)).toEqual({ name: 'eve 2', principal: eve });
  });

  test('given a session in place of its role, then the sentence says what to write', () => {
    const session = `arn:aws:sts::${account}:assumed-role/ci-deploy/x`;
    expect(() => withDeployers([], [session], today)).toThrow('of a session take its role');
  });
});
