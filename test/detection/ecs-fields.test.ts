import {
  callerFields,
  cloudFields,
  eventType,
  relatedFields,
  sourceFields,
  tlsFields,
} from '../../lambda/detection/ecs-fields';
import { parseRecord } from '../../lambda/detection/record';
import { account, givenUpdate, userIdentity } from '../fixtures/records';

function recordOf(fields: Readonly<Record<string, unknown>>) {
  const parsed = parseRecord(givenUpdate([], fields));
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return parsed.record;
}

test.each([
  ['CreateFunction20150331', 'creation'],
  ['PublishLayerVersion20181031', 'creation'],
  ['DeleteTrail', 'deletion'],
  ['RemoveTargets', 'deletion'],
  ['UpdateTrail', 'change'],
  ['ReCreateTrail', 'change'],
  ['UnDeleteTrail', 'change'],
])('given %s, then the event is a %s', (action, type) => {
  expect(eventType(action)).toBe(type);
});

describe('the account and the service', () => {
  const cloud = (
    fields: Readonly<Record<string, unknown>>,
    names: readonly (readonly [string, string])[] = [],
  ) => cloudFields(recordOf(fields), new Map(names));

  test('given a caller of another account, then it is the caller’s', () => {
    expect(cloud({ userIdentity: { accountId: '210987654321' } }).account.id).toBe('210987654321');
  });

  test('given no account of the caller, then it is the recipient’s', () => {
    expect(cloud({ userIdentity: {} }).account.id).toBe(account);
  });

  test('given its name, then it is written', () => {
    expect(cloud({}, [[account, 'production']]).account).toEqual({ id: account, name: 'production' });
  });

  test('given no account, then there is none', () => {
    expect(
      cloud({ userIdentity: {}, recipientAccountId: undefined }, [['', 'x']]).account,
    ).not.toHaveProperty('id');
  });

  test.each([
    ['lambda.amazonaws.com', 'lambda'],
    ['x.amazonaws.com.other', 'x.amazonaws.com.other'],
    [undefined, 'lambda'],
  ])('given the source %s, then the service is %s', (eventSource, name) => {
    expect(cloud({ eventSource }).service.name).toBe(name);
  });

  test('given no region, then there is no key for it', () => {
    expect(cloud({ awsRegion: undefined })).not.toHaveProperty('region');
  });
});

describe('the caller', () => {
  const caller = (fields: Readonly<Record<string, unknown>>) =>
    callerFields(recordOf({ userIdentity: fields }));

  test('given a service without a name, then there is none', () => {
    expect(caller({ type: 'AWSService' })).toEqual({ user: {} });
  });

  test('given a user beside a service, then the service is none', () => {
    expect(caller({ ...userIdentity, invokedBy: 'x' })).not.toHaveProperty('service');
  });

  const email = (session: string) =>
    caller({ type: 'AssumedRole', arn: `arn:aws:sts::1:assumed-role/r/${session}` }).user.email;

  test.each(['a.b+c-d@example.co.uk', 'a_1@x.y'])(
    'given a session called %s, then it is an address',
    (session) => {
      expect(email(session)).toBe(session);
    },
  );

  test.each(['a@x.y=', '=a@x.y', 'a@x', 'a@.y', 'a@x..y', `${'a'.repeat(65)}@x.y`, 'a@x.1.2.3.4.5'])(
    'given a session called %s, then it is no address',
    (session) => {
      expect(email(session)).toBeUndefined();
    },
  );
});

describe('the source', () => {
  const record = recordOf({ sourceIPAddress: '203.0.113.7' });
  const origin = (fields: object) =>
    sourceFields(record, { origin: fields } as Parameters<typeof sourceFields>[1]);

  test('given a country, then it is written with its name', () => {
    expect(origin({ country_iso_code: 'BR', country_name: 'Brazil' })).toEqual({
      address: '203.0.113.7',
      ip: '203.0.113.7',
      geo: { country_iso_code: 'BR', country_name: 'Brazil' },
    });
  });

  test('given a country without a name, then its code is written alone', () => {
    expect(origin({ country_iso_code: 'BR', country_name: null })).toMatchObject({
      geo: { country_iso_code: 'BR' },
    });
  });

  test.each([
    ['no country', { origin: { country_iso_code: null } }],
    ['no origin', {}],
  ])('given %s, then there is no place', (_, context) => {
    expect(sourceFields(record, context as Parameters<typeof sourceFields>[1])).not.toHaveProperty('geo');
  });
});

describe('what to search for', () => {
  test('given a user, then names, ids and addresses are listed once', () => {
    expect(
      relatedFields(
        recordOf({ userIdentity: { ...userIdentity, principalId: 'eve' }, sourceIPAddress: '203.0.113.7' }),
      ),
    ).toEqual({
      related: { user: ['eve', userIdentity['arn']], ip: ['203.0.113.7'] },
    });
  });

  test('given the name of a service as the address, then there is no address', () => {
    expect(
      relatedFields(recordOf({ userIdentity: { userName: 'eve' }, sourceIPAddress: 'x.amazonaws.com' })),
    ).toEqual({
      related: { user: ['eve'] },
    });
  });

  test('given an address alone, then there is no name', () => {
    expect(relatedFields(recordOf({ userIdentity: {}, sourceIPAddress: '203.0.113.7' }))).toEqual({
      related: { ip: ['203.0.113.7'] },
    });
  });

  test('given neither, then there is nothing', () => {
    expect(relatedFields(recordOf({ userIdentity: {}, sourceIPAddress: undefined }))).toEqual({});
  });
});

describe('how a call was encrypted', () => {
  const tls = (tlsDetails: unknown) => tlsFields(recordOf({ tlsDetails }));

  test.each([
    ['TLSv1.3', { version: '1.3', version_protocol: 'tls' }],
    ['SSLv3', { version: '3', version_protocol: 'ssl' }],
  ])('given %s, then version and protocol are read', (tlsVersion, expected) => {
    expect(tls({ tlsVersion })).toEqual({ tls: expected });
  });

  test.each(['xTLSv1.3', 'TLSv1.3x', 'TLSv1.', 'v1.3', ''])(
    'given the version %j, then it is not read',
    (tlsVersion) => {
      expect(tls({ tlsVersion })).toEqual({});
    },
  );

  test('given a cipher alone, then it is written alone', () => {
    expect(tls({ cipherSuite: 'X' })).toEqual({ tls: { cipher: 'X' } });
  });

  test('given a host, then it is the server of the client', () => {
    expect(tls({ clientProvidedHostHeader: 'h' })).toEqual({ tls: { client: { server_name: 'h' } } });
  });

  test('given nothing, then there is nothing', () => {
    expect(tls(undefined)).toEqual({});
  });
});
