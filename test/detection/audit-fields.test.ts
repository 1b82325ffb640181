import { auditFields, parameterFields } from '../../lambda/detection/audit-fields';
import { parseRecord } from '../../lambda/detection/record';
import { account, givenUpdate, roleIdentity, userIdentity } from '../fixtures/records';

function auditOf(fields: Readonly<Record<string, unknown>>) {
  const parsed = parseRecord(givenUpdate([], fields));
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return auditFields(parsed.record);
}

const attributes = (fields: Readonly<Record<string, unknown>>) =>
  auditOf({ userIdentity: { type: 'AssumedRole', sessionContext: { attributes: fields } } }).user_identity
    ?.session_context;

describe('the fields of a record', () => {
  test('given a record with all of them, then each is in its place', () => {
    const fields = auditOf({
      apiVersion: '2015',
      sharedEventID: 'shared',
      vpcEndpointId: 'vpce-1',
      sessionCredentialFromConsole: 'true',
    });
    expect(fields).toMatchObject({
      event_version: '1.11',
      event_category: 'Management',
      event_type: 'AwsApiCall',
      api_version: '2015',
      request_id: '00000000-0000-4000-8000-000000000001',
      read_only: false,
      management_event: true,
      recipient_account_id: account,
      shared_event_id: 'shared',
      vpc_endpoint_id: 'vpce-1',
      session_credential_from_console: 'true',
    });
  });

  test.each<[string, unknown, boolean | undefined]>([
    ['true', true, true],
    ['the text true', 'true', true],
    ['false', false, false],
    ['the text false', 'false', false],
    ['another text', 'yes', undefined],
  ])('given %s as a flag, then it is read', (_, readOnly, flag) => {
    expect(auditOf({ readOnly }).read_only).toBe(flag);
  });

  test('given no field, then there is no key for it', () => {
    expect(Object.keys(auditOf({}))).not.toContain('vpc_endpoint_id');
  });

  test('given a credential that is not said to be of the console, then there is no key for it', () => {
    expect(auditOf({})).not.toHaveProperty('session_credential_from_console');
  });
});

describe('the identity', () => {
  test('given a session of a role, then its parts are in their places', () => {
    expect(
      auditOf({ userIdentity: { ...roleIdentity, invokedBy: 'x.amazonaws.com' } }).user_identity,
    ).toEqual({
      type: 'AssumedRole',
      arn: `arn:aws:sts::${account}:assumed-role/ci-deploy/gh-run-812`,
      access_key_id: 'ASIAEXAMPLE000000001',
      invoked_by: 'x.amazonaws.com',
      session_context: {
        mfa_authenticated: 'false',
        creation_date: '2026-10-06T20:58:11Z',
        session_issuer: {
          type: 'Role',
          principal_id: 'AROAEXAMPLE0000000001',
          arn: `arn:aws:iam::${account}:role/ci-deploy`,
          account_id: account,
        },
      },
    });
  });

  test('given a user, then there is no session', () => {
    expect(auditOf({ userIdentity }).user_identity).not.toHaveProperty('session_context');
  });

  test('given a type that the record writes, then it is kept as it is', () => {
    expect(auditOf({ userIdentity: { type: 'Unknown', arn: userIdentity['arn'] } }).user_identity?.type).toBe(
      'Unknown',
    );
  });

  test('given no type, then it is what the ARN shows', () => {
    expect(auditOf({ userIdentity: { arn: userIdentity['arn'] } }).user_identity?.type).toBe('IAMUser');
  });

  test('given an empty issuer, then there is none', () => {
    expect(attributes({ mfaAuthenticated: 'true' })).toEqual({ mfa_authenticated: 'true' });
  });

  test.each(['2026-10-06T20:58:11Z', '2026-10-06T20:58:11.1Z', '2026-10-06T20:58:11.123Z'])(
    'given %s, then it is a date',
    (creationDate) => {
      expect(attributes({ creationDate })).toEqual({ creation_date: creationDate });
    },
  );

  test.each([
    '2026-13-06T20:58:11Z',
    '2026-10-06 20:58:11Z',
    '2026-10-06T20:58:11',
    'x2026-10-06T20:58:11Z',
    '2026-10-06T20:58:11Zx',
    '2026-10-06T20:58:11.1234Z',
    '12026-10-06T20:58:11Z',
  ])('given %s, then it is no date', (creationDate) => {
    expect(attributes({ creationDate })).toBeUndefined();
  });
});

describe('the parameters', () => {
  test('given an object and a response, then each is text and object', () => {
    expect(parameterFields({ a: 1 }, { b: 2 })).toEqual({
      request_parameters: '{"a":1}',
      response_elements: '{"b":2}',
      flattened: { request_parameters: { a: 1 }, response_elements: { b: 2 } },
    });
  });

  test('given neither, then there are no fields', () => {
    expect(parameterFields(null, null)).toEqual({});
  });

  test('given a text, then there is no object', () => {
    expect(parameterFields('x', null)).toEqual({ request_parameters: '"x"' });
  });

  test.each([
    ['request', { requestParameters: { password: 'secret' } }],
    ['response', { responseElements: { password: 'secret' } }],
  ])('given a secret in the %s, then it is not kept', (_, fields) => {
    expect(JSON.stringify(auditOf(fields))).not.toContain('secret');
  });
});
