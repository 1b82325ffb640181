import type { FunctionContext } from '../../lambda/detection/context-document';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { containSteps } from '../../lambda/notification/contain';
import { callerSessions } from '../../lambda/notification/sessions';
import { plainFormat } from '../../lambda/text/text-format';
import { findingOf } from '../fixtures/finding';
import {
  account,
  answering,
  givenPublish,
  givenUpdate,
  layerVersion,
  roleIdentity,
  userIdentity,
} from '../fixtures/records';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const base = layerVersion('base', 4);

function sessionsOf(identity: object): readonly string[] {
  const document = findingOf(givenUpdate([foreign], { userIdentity: identity }));
  return callerSessions(document, plainFormat).map(({ text, commands }) => [text, ...commands].join(' '));
}

function identityCenter(session: string) {
  const role = 'AWSReservedSSO_AdministratorAccess_0123456789abcdef';
  return {
    ...roleIdentity,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        userName: role,
        arn: `arn:aws:iam::${account}:role/aws-reserved/sso/${role}`,
      },
    },
  };
}

describe('the sessions to revoke', () => {
  test.each([
    ['a role', roleIdentity, 'Revoke the sessions of role ci-deploy, which made the call.'],
    [
      'Identity Center',
      identityCenter('ana@example.com'),
      'Revoke the sessions of user ana@example.com in IAM Identity Center.',
    ],
    [
      'a user with a key',
      userIdentity,
      'Deactivate the access key of user eve: aws iam update-access-key --user-name eve --access-key-id AKIAEXAMPLE000000002 --status Inactive',
    ],
    [
      'a user in the console',
      { ...userIdentity, accessKeyId: 'ASIAEXAMPLE000000003' },
      'Deactivate the access keys of user eve, and delete its console password.',
    ],
    [
      'root',
      { type: 'Root', accountId: account, arn: `arn:aws:iam::${account}:root` },
      `Change the password of the root user of account ${account}, and delete its access keys.`,
    ],
    [
      'a federated user',
      { type: 'FederatedUser', arn: `arn:aws:sts::${account}:federated-user/bob` },
      'Take the permissions of the principal that made the session of federated user bob.',
    ],
    [
      'a SAML user',
      { type: 'SAMLUser', userName: 'bob' },
      'Revoke the sessions of SAML user bob at its identity provider.',
    ],
  ])('given %s, then it says whose and how', (_, identity, expected) => {
    expect(sessionsOf(identity)).toEqual([expected]);
  });

  test.each([
    ['a service', { type: 'AWSService', invokedBy: 'secretsmanager.amazonaws.com' }],
    ['another account', { type: 'AWSAccount', accountId: '210987654321', principalId: 'AIDAEXAMPLE' }],
    ['nobody', {}],
  ])('given %s, then there is nothing to revoke', (_, identity) => {
    expect(sessionsOf(identity)).toEqual([]);
  });
});

const found: FunctionContext = {
  role: `arn:aws:iam::${account}:role/service-role/payments-exec`,
  runtime: null,
  last_modified: null,
  wrapper_variables: [],
  secret_variables: ['DB_PASSWORD', 'STRIPE_API_KEY'],
  aliases: [],
  invokers: ['events.amazonaws.com'],
  problems: [],
  layers_now: [],
  revision_id: null,
  changed_since: null,
  words: '',
};

function withFunction(document: FindingDocument, context: FunctionContext): FindingDocument {
  const { layerwatch } = document;
  return {
    ...document,
    layerwatch: { ...layerwatch, context: { ...layerwatch.context, function: context } },
  };
}

describe('what contains an attack', () => {
  test('given a function that was looked up, then its role, what it reaches and its secrets are named', () => {
    const document = withFunction(findingOf(givenUpdate([foreign]), {}, { before: [] }), found);
    expect(containSteps(document, {}, plainFormat).map(({ text }) => text)).toEqual([
      'Restore the layers from before the call:',
      "The layer's code runs as role payments-exec, and is invoked by events.amazonaws.com. What the role may do:",
      'Revoke the sessions of role payments-exec, because the code can copy its credentials.',
      'Revoke the sessions of role ci-deploy, which made the call.',
      'Rotate the secrets in these variables of the function: DB_PASSWORD, STRIPE_API_KEY.',
    ]);
  });

  test('given variables with hostile names, then they are in quotes and counted', () => {
    const names = Array.from({ length: 10 }, () => 'x TOKEN\nUndo');
    const document = withFunction(findingOf(givenUpdate([foreign])), { ...found, secret_variables: names });
    expect(containSteps(document, {}, plainFormat).at(-1)?.text).toMatch(
      /^Rotate .*"x TOKEN\\u\{a\}Undo" and 2 more\.$/,
    );
  });

  test('given a function of a document without these facts, then the steps that need them are absent', () => {
    const { secret_variables: _, ...older } = found;
    const document = withFunction(findingOf(givenUpdate([foreign]), {}, { before: [] }), {
      ...older,
      role: null,
    });
    expect(containSteps(document, {}, plainFormat).map(({ text }) => text)).toEqual([
      'Restore the layers from before the call:',
      'Revoke the sessions of role ci-deploy, which made the call.',
    ]);
  });

  test.each([
    ['a publish', givenPublish('util', 3), undefined, 'Delete the layer version:'],
    [
      'own layers, those before unknown',
      givenUpdate([base]),
      undefined,
      'Decide which layers may stay. The commands under Undo show what the function had.',
    ],
    [
      'a layer of an unknown account, those before unknown',
      givenUpdate([foreign]),
      undefined,
      'Remove the layers of unknown accounts, and keep the others:',
    ],
    [
      'an unseen change',
      givenUpdate(undefined, answering([base, foreign])),
      [base],
      'Restore the layers from before the call:',
    ],
  ])('given %s, then the first step is what can be done', (_, record, before, expected) => {
    const document = findingOf(record, {}, before === undefined ? {} : { before });
    expect(containSteps(document, {}, plainFormat)[0]?.text).toBe(expected);
  });

  test.each([
    ['removed', givenUpdate([]), [base]],
    ['reordered', givenUpdate([foreign, base]), [base, foreign]],
    ['sent again', givenUpdate([base]), [base]],
  ])('given layers that were %s, then there is nothing to contain', (_, record, before) => {
    expect(containSteps(findingOf(record, {}, { before }), {}, plainFormat)).toEqual([]);
  });
});
