import {
  accountableType,
  actorKey,
  type Identity,
  parseIdentity,
  principalArn,
  roleName,
  sessionName,
  userId,
  userName,
} from '../../lambda/detection/identity';
import { account, roleIdentity, userIdentity } from '../fixtures/records';

const role = `arn:aws:iam::${account}:role/ci-deploy`;
const session = `arn:aws:sts::${account}:assumed-role/ci-deploy/gh-run-812`;
const user = `arn:aws:iam::${account}:user/eve`;
const federated = `arn:aws:sts::${account}:federated-user/carol/x`;

const read = (raw: unknown) => parseIdentity({ userIdentity: raw });
const identity = (fields: Partial<Identity>): Identity => ({
  type: 'Unknown',
  fromConsole: false,
  ...fields,
});

describe('what is read of an identity', () => {
  test('given a session of a role, then each part is read', () => {
    expect(
      read({
        ...roleIdentity,
        userName: 'named',
        invokedBy: 'cloudformation.amazonaws.com',
        onBehalfOf: { userId: 'u-1' },
        sessionContext: { ...(roleIdentity['sessionContext'] as object), sourceIdentity: 'alice' },
      }),
    ).toEqual({
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE0000000001:gh-run-812',
      arn: session,
      accountId: account,
      accessKeyId: 'ASIAEXAMPLE000000001',
      userName: 'named',
      invokedBy: 'cloudformation.amazonaws.com',
      issuer: {
        type: 'Role',
        arn: role,
        accountId: account,
        principalId: 'AROAEXAMPLE0000000001',
        userName: 'ci-deploy',
      },
      sourceIdentity: 'alice',
      creationDate: '2026-10-06T20:58:11Z',
      mfa: false,
      onBehalfOfUserId: 'u-1',
      fromConsole: false,
    });
  });

  test('given nothing, then it is unknown and not from the console', () => {
    expect(read(undefined)).toEqual({ type: 'Unknown', fromConsole: false });
  });

  test.each([
    ['true', true],
    [true, true],
    ['false', false],
    [false, false],
    ['yes', undefined],
  ])('given MFA %j, then it is %s', (mfaAuthenticated, mfa) => {
    expect(read({ sessionContext: { attributes: { mfaAuthenticated } } }).mfa).toBe(mfa);
  });

  test('given credentials from the console, then it says so', () => {
    expect(parseIdentity({ sessionCredentialFromConsole: 'true' }).fromConsole).toBe(true);
  });

  test.each(['type', 'arn', 'accountId', 'principalId', 'userName'])(
    'given an issuer with %s alone, then it is kept',
    (key) => {
      expect(read({ sessionContext: { sessionIssuer: { [key]: 'x' } } }).issuer).toEqual({ [key]: 'x' });
    },
  );

  test('given an empty issuer, then there is none', () => {
    expect(read({ sessionContext: { sessionIssuer: {} } }).issuer).toBeUndefined();
  });
});

describe('the account of an identity', () => {
  test.each<[string, unknown, string | undefined]>([
    ['one that is written', { accountId: '210987654321', arn: user }, '210987654321'],
    ['an ARN', { arn: user }, account],
    ['an ARN without an account', { arn: 'arn:aws:iam:::user/eve' }, undefined],
    ['neither', {}, undefined],
  ])('given %s, then it is read from there', (_, raw, expected) => {
    expect(read(raw).accountId).toBe(expected);
  });
});

describe('the type of an identity', () => {
  test.each<[string, unknown, string]>([
    ['a type that is written', { type: 'IAMUser', arn: session }, 'IAMUser'],
    ['Unknown beside an ARN', { type: 'Unknown', arn: session }, 'AssumedRole'],
    ['a federated user', { arn: federated }, 'FederatedUser'],
    ['a user', { arn: user }, 'IAMUser'],
    ['a role', { arn: role }, 'Role'],
    ['the root user', { arn: `arn:aws:iam::${account}:root` }, 'Root'],
    ['a user whose name has a colon', { arn: `arn:aws:iam::${account}:user:/x` }, 'Unknown'],
    ['a type in the middle of an ARN', { arn: `arn:aws:iam::${account}:x/user/eve` }, 'Unknown'],
    ['a service', { invokedBy: 'lambda.amazonaws.com' }, 'AWSService'],
    ['a service that acts for a user', { arn: user, invokedBy: 'lambda.amazonaws.com' }, 'IAMUser'],
    ['nothing', {}, 'Unknown'],
  ])('given %s, then it follows from it', (_, raw, type) => {
    expect(read(raw).type).toBe(type);
  });

  test.each<[string, Partial<Identity>, string]>([
    ['a federated session of a user', { type: 'FederatedUser', issuer: { type: 'IAMUser' } }, 'IAMUser'],
    [
      'a federated session whose issuer has an ARN alone',
      { type: 'FederatedUser', issuer: { arn: `arn:aws:iam::${account}:root` } },
      'Root',
    ],
    ['a federated session without an issuer', { type: 'FederatedUser' }, 'FederatedUser'],
    ['a session of a role', { type: 'AssumedRole', issuer: { type: 'Role' } }, 'AssumedRole'],
  ])('given %s, then the principal that answers for it is right', (_, fields, type) => {
    expect(accountableType(identity(fields))).toBe(type);
  });
});

describe('who acted, as alerts group by it', () => {
  test.each<[string, Partial<Identity>, string]>([
    ['an issuer', { issuer: { arn: role }, arn: session, invokedBy: 'x' }, role],
    ['an ARN', { arn: user, invokedBy: 'x' }, user],
    ['a service', { invokedBy: 'x', principalId: 'p' }, 'x'],
    [
      'a principal id',
      { type: 'AWSAccount', accountId: '1', principalId: 'p', onBehalfOfUserId: 'u' },
      'AWSAccount|1|p',
    ],
    [
      'a user of Identity Center',
      { type: 'IdentityCenterUser', accountId: '1', onBehalfOfUserId: 'u' },
      'IdentityCenterUser|1|u',
    ],
    ['nothing', {}, 'Unknown||'],
  ])('given %s, then it is that', (_, fields, key) => {
    expect(actorKey(identity(fields))).toBe(key);
  });
});

describe('the principal that exceptions compare', () => {
  test.each<[string, unknown, string | undefined]>([
    ['a session of a role', roleIdentity, role],
    ['a session without an issuer', { type: 'AssumedRole', arn: session }, undefined],
    ['a user', userIdentity, user],
    [
      'a federated session of a user',
      {
        type: 'FederatedUser',
        arn: federated,
        sessionContext: { sessionIssuer: { type: 'IAMUser', arn: user } },
      },
      user,
    ],
    [
      'a federated session of root',
      {
        type: 'FederatedUser',
        sessionContext: { sessionIssuer: { type: 'Root', arn: `arn:aws:iam::${account}:root` } },
      },
      undefined,
    ],
    ['root', { type: 'Root', arn: `arn:aws:iam::${account}:root` }, undefined],
    ['a user without an issuer by its type alone', { type: 'IAMUser' }, undefined],
  ])('given %s, then it is its ARN, or none', (_, raw, arn) => {
    expect(principalArn(read(raw))).toBe(arn);
  });
});

describe('the name of a session', () => {
  test.each<[string, Partial<Identity>, string | undefined]>([
    ['a role', { type: 'AssumedRole', arn: session }, 'gh-run-812'],
    [
      'a role and a name with colon and slash',
      { type: 'AssumedRole', arn: `${session}:a/b` },
      'gh-run-812:a/b',
    ],
    [
      'a role without a name',
      { type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/ci-deploy` },
      undefined,
    ],
    ['a role with another ARN', { type: 'AssumedRole', arn: `${user}/x` }, undefined],
    ['a role without an ARN', { type: 'AssumedRole' }, undefined],
    ['a federated user', { type: 'FederatedUser', arn: federated }, 'carol/x'],
    [
      'a federated user without a name',
      { type: 'FederatedUser', arn: `arn:aws:sts::${account}:federated-user` },
      undefined,
    ],
    ['a federated user without an ARN', { type: 'FederatedUser' }, undefined],
    ['a user', { type: 'IAMUser', arn: user }, undefined],
  ])('given %s, then it is read from the ARN', (_, fields, name) => {
    expect(sessionName(identity(fields))).toBe(name);
  });
});

describe('the name of a role', () => {
  test.each<[string, Partial<Identity>, string | undefined]>([
    ['an issuer', { issuer: { userName: 'issuer' }, arn: session }, 'issuer'],
    ['an ARN of a session', { arn: session }, 'ci-deploy'],
    ['an ARN of a user', { arn: user }, undefined],
    ['nothing', {}, undefined],
  ])('given %s, then it is read from there', (_, fields, name) => {
    expect(roleName(identity(fields))).toBe(name);
  });
});

describe('the user in terms of ECS', () => {
  const linked = `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/X`;
  test.each<[string, Partial<Identity>, string | undefined]>([
    ['a service', { type: 'AWSService', userName: 'x' }, undefined],
    ['a role', { type: 'AssumedRole', arn: session, userName: 'x' }, 'ci-deploy'],
    ['a role of a service', { type: 'AssumedRole', issuer: { arn: linked, userName: 'X' } }, undefined],
    ['a role by its issuer', { type: 'AssumedRole', issuer: { arn: role, userName: 'ci' } }, 'ci'],
    [
      'a federated user by its issuer',
      { type: 'FederatedUser', issuer: { userName: 'eve' }, userName: 'x' },
      'eve',
    ],
    ['a federated user without an issuer', { type: 'FederatedUser', userName: 'x' }, 'x'],
    ['a user', { type: 'IAMUser', issuer: { userName: 'other' }, userName: 'eve' }, 'eve'],
  ])('given %s, then its name is right', (_, fields, name) => {
    expect(userName(identity(fields))).toBe(name);
  });

  test.each<[string, Partial<Identity>, string | undefined]>([
    ['a service', { type: 'AWSService', principalId: 'p' }, undefined],
    ['a principal id', { principalId: 'p', onBehalfOfUserId: 'u' }, 'p'],
    ['a user of Identity Center', { onBehalfOfUserId: 'u' }, 'u'],
  ])('given %s, then its id is right', (_, fields, id) => {
    expect(userId(identity(fields))).toBe(id);
  });
});
