import type { Asked, Call, Target } from '../../lambda/detection/call';
import type { Change } from '../../lambda/detection/change';
import type { ChangeKind } from '../../lambda/detection/change-kinds';
import { parseRecord } from '../../lambda/detection/record';
import { deniedAttemptOf, sightingsOf, stateQueryFor } from '../../lambda/detection/state-query';
import { account, functionArn, givenUpdate, layerVersion } from '../fixtures/records';

const actor = `arn:aws:iam::${account}:role/ci-deploy`;
const a1 = layerVersion('a', 1);
const foreign = layerVersion('b', 2, '999988887777');
const [a, b] = [a1.slice(0, -2), foreign.slice(0, -2)];

function recordOf(fields: Readonly<Record<string, unknown>> = {}) {
  const parsed = parseRecord(givenUpdate([], fields));
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return parsed.record;
}

const callOf = (asked: Asked, target: Partial<Target> = {}): Call => ({
  target: {
    type: 'function',
    arn: functionArn('payments'),
    name: 'payments',
    account,
    region: 'eu-west-3',
    ...target,
  },
  asked,
  problems: [],
});
const setting = (...layers: readonly string[]) => callOf({ kind: 'layers', layers });
const publishing = (layerVersionArn: string | undefined) =>
  callOf({ kind: 'publish', layerVersionArn, version: '1' }, { type: 'layer' });

const keysOf = (call: Call, country?: string) => stateQueryFor(recordOf(), call, country).entities;
const ofActor = ['anything', `actor#${actor}`];

describe('what is asked about a call', () => {
  test.each<[string, Call, readonly string[]]>([
    ['layers', setting(a1), [...ofActor, `publisher#${account}`, `layer#${a}`, `published#${a1}`]],
    [
      'two layers',
      setting(a1, foreign),
      [
        ...ofActor,
        `publisher#${account}`,
        `layer#${a}`,
        'publisher#999988887777',
        `layer#${b}`,
        `published#${a1}`,
        `published#${foreign}`,
      ],
    ],
    ['a layer twice', setting(a1, a1), [...ofActor, `publisher#${account}`, `layer#${a}`, `published#${a1}`]],
    ['a layer that cannot be read', setting('x'), [...ofActor, 'published#x']],
    ['a publish', publishing(a1), [...ofActor, `publisher#${account}`, `layer#${a}`]],
    ['a publish without an ARN', publishing(undefined), ofActor],
    ['no layers', callOf({ kind: 'no-layers' }), ofActor],
    ['tampering without layers', callOf({ kind: 'tampering', action: 'x', layers: undefined }), ofActor],
    [
      'tampering with layers',
      callOf({ kind: 'tampering', action: 'x', layers: [a1] }),
      [...ofActor, `publisher#${account}`, `layer#${a}`, `published#${a1}`],
    ],
    [
      'an unreadable call',
      callOf({ kind: 'unreadable', layers: [a1] }),
      [...ofActor, `publisher#${account}`, `layer#${a}`, `published#${a1}`],
    ],
  ])('given %s, then the entities are right', (_, call, keys) => {
    expect(keysOf(call)).toEqual(keys);
  });

  test('given a country, then it is asked for, alone and of the actor', () => {
    expect(keysOf(callOf({ kind: 'no-layers' }), 'BR')).toEqual([
      ...ofActor,
      'country#BR',
      `actor-country#BR#${actor}`,
    ]);
  });

  test('given eleven layers, then ten of them are asked for', () => {
    const layers = Array.from({ length: 11 }, (_, index) => `x${index}`);
    expect(keysOf(setting(...layers))).toHaveLength(12);
  });

  test('given a function, then its history is asked for', () => {
    expect(stateQueryFor(recordOf(), setting(a1), undefined).functionArn).toBe(functionArn('payments'));
  });

  test('given a layer, then no history is asked for', () => {
    expect(stateQueryFor(recordOf(), publishing(a1), undefined).functionArn).toBeUndefined();
  });

  test('given a time, then denied attempts of the actor on its day and the day before are asked for', () => {
    const { deniedActor, deniedDays } = stateQueryFor(
      recordOf({ eventTime: '2026-10-01T00:00:00Z' }),
      setting(a1),
      undefined,
    );
    expect([deniedActor, deniedDays]).toEqual([actor, ['2026-10-01', '2026-09-30']]);
  });

  test('given no time, then no day is asked for', () => {
    expect(stateQueryFor(recordOf({ eventTime: undefined }), setting(a1), undefined).deniedDays).toEqual([]);
  });
});

describe('the accounts whose names are asked for', () => {
  const accountsOf = (call: Call, fields: Readonly<Record<string, unknown>> = {}) =>
    stateQueryFor(recordOf(fields), call, undefined, true).accounts;

  test('given accounts of target, caller, recipient and layers, then each is asked for once', () => {
    const fields = { userIdentity: { accountId: '111111111111' }, recipientAccountId: '222222222222' };
    expect(accountsOf(setting(a1, foreign, 'x'), fields)).toEqual([
      account,
      '111111111111',
      '222222222222',
      '999988887777',
    ]);
  });

  test.each(['1234567890123', 'x123456789012', '12345678901'])(
    'given %s, which is no account, then it is not asked for',
    (odd) => {
      expect(accountsOf(callOf({ kind: 'no-layers' }, { account: odd }))).toEqual([account]);
    },
  );

  test('given no wish for names, then none is asked for', () => {
    expect(stateQueryFor(recordOf(), setting(a1), undefined).accounts).toEqual([]);
  });
});

describe('what a call shows', () => {
  const changeOf = (kind: ChangeKind) =>
    ({ kind, before: undefined, after: undefined, layers: [] }) as Change;
  const sightings = (call: Call, kind: ChangeKind = 'added', country?: string) =>
    sightingsOf(recordOf(), call, changeOf(kind), country);

  test('given layers, then each thing was seen at its time by its actor', () => {
    const time = new Date('2026-10-06T21:14:05Z');
    expect(sightings(setting(a1))).toEqual([
      { key: 'anything', time, actor },
      { key: `actor#${actor}`, time, actor, country: undefined },
      { key: `publisher#${account}`, time, actor },
      { key: `layer#${a}`, time, actor },
    ]);
  });

  test('given a publish, then the version was published', () => {
    expect(sightings(publishing(a1), 'published').map(({ key }) => key)).toContain(`published#${a1}`);
  });

  test('given a country, then it is noted of the actor alone', () => {
    expect(sightings(setting(a1), 'added', 'BR').filter((each) => 'country' in each)).toEqual([
      { key: `actor#${actor}`, time: expect.any(Date), actor, country: 'BR' },
    ]);
  });

  test('given a kind that is not remembered, then nothing is noted', () => {
    expect(sightings(setting(a1), 'unchanged')).toEqual([]);
  });

  test('given no time, then nothing is noted', () => {
    expect(
      sightingsOf(recordOf({ eventTime: undefined }), setting(a1), changeOf('added'), undefined),
    ).toEqual([]);
  });
});

describe('an attempt that was denied', () => {
  test.each([
    'AccessDenied',
    'Client.UnauthorizedOperation',
    'NotAuthorized',
    'ForbiddenException',
    'accessdenied',
  ])('given %s, then it is one', (errorCode) => {
    expect(deniedAttemptOf(recordOf({ errorCode, eventID: 'e-1' }))).toEqual({
      time: '2026-10-06T21:14:05.000Z',
      recordId: 'e-1',
      errorCode,
    });
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['another error', { errorCode: 'ResourceConflictException' }],
    ['no error', {}],
    ['no time', { errorCode: 'AccessDenied', eventTime: undefined }],
  ])('given %s, then it is none', (_, fields) => {
    expect(deniedAttemptOf(recordOf(fields))).toBeUndefined();
  });

  test('given a long code, then its first 100 characters are kept', () => {
    expect(
      deniedAttemptOf(recordOf({ errorCode: `AccessDenied${'x'.repeat(100)}` }))?.errorCode,
    ).toHaveLength(100);
  });
});
