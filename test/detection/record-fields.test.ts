import { describe as describeSort, parseRecord } from '../../lambda/detection/record';
import { account, givenEnvelope, givenUpdate, region, roleIdentity } from '../fixtures/records';

function parsed(fields: Readonly<Record<string, unknown>>) {
  const result = parseRecord(givenUpdate([], fields));
  if (result.kind !== 'record') throw new Error(result.reason);
  return result.record;
}

describe('each field of a record', () => {
  test('given a record, then its fields are read', () => {
    const record = parsed({
      eventID: 'e-1',
      vpcEndpointId: 'vpce-1',
      errorCode: 'AccessDenied',
      requestParameters: { a: 1 },
      responseElements: { b: 2 },
    });
    expect(record).toMatchObject({
      identityId: 'e-1',
      eventId: 'e-1',
      eventSource: 'lambda.amazonaws.com',
      eventName: 'UpdateFunctionConfiguration20150331v2',
      region,
      recipientAccountId: account,
      failed: true,
      errorCode: 'AccessDenied',
      sourceAddress: '45.167.52.18',
      userAgent: 'aws-cli/2.31.10',
      vpcEndpointId: 'vpce-1',
      requestParameters: { a: 1 },
      responseElements: { b: 2 },
      problems: [],
    });
  });

  test.each([
    ['lambda.amazonaws.com.cn', 'lambda.amazonaws.com'],
    ['lambda.amazonaws.com.cn.evil', 'lambda.amazonaws.com.cn.evil'],
  ])('given the source %s, then it is %s', (eventSource, expected) => {
    expect(parsed({ eventSource }).eventSource).toBe(expected);
  });
});

describe('what holds a record', () => {
  test('given an event, then its detail is the record', () => {
    expect(parseRecord(givenEnvelope(givenUpdate([])))).toMatchObject({ kind: 'record', record: { region } });
  });

  test('given a record that holds a detail, then the record counts', () => {
    expect(parsed({ detail: { eventName: 'Other' } }).eventName).toBe(
      'UpdateFunctionConfiguration20150331v2',
    );
  });

  test('given an event whose detail is no object, then it is no record', () => {
    expect(parseRecord({ detail: 'x' })).toEqual({ kind: 'not-cloudtrail', reason: 'has no eventName' });
  });

  test.each<[unknown, string]>([
    [undefined, 'missing'],
    [null, 'null'],
    [[], 'a list'],
    ['', 'empty'],
    ['x', 'a string'],
    [7, 'a number'],
  ])('given %j, then it is no record and its sort is said', (value, sort) => {
    expect(parseRecord(value)).toEqual({ kind: 'not-cloudtrail', reason: `is ${sort}, not an object` });
  });

  test('given an object, then its sort is said', () => {
    expect(describeSort({})).toBe('an object');
  });
});

describe('parts that an export wrote as a text', () => {
  test('given an identity as JSON, then it is read', () => {
    expect(parsed({ userIdentity: JSON.stringify(roleIdentity) }).identity.type).toBe('AssumedRole');
  });

  test.each(['requestParameters', 'responseElements'] as const)(
    'given %s as JSON, then they are read',
    (key) => {
      expect(parsed({ [key]: '{"a":1}' })[key]).toEqual({ a: 1 });
    },
  );

  test('given one part as JSON, then the others stay', () => {
    expect(parsed({ requestParameters: '{"a":1}', responseElements: { b: 2 } }).responseElements).toEqual({
      b: 2,
    });
  });

  test('given a text that was cut, then it is not kept', () => {
    expect(parsed({ requestParameters: '{"password":"sec' }).requestParameters).toBe('[not kept]');
  });

  test('given an empty text, then it stays', () => {
    expect(parsed({ requestParameters: '' }).requestParameters).toBe('');
  });

  test('given no text, then the record stays as it is', () => {
    const value = givenUpdate([]);
    expect(parseRecord(value)).toMatchObject({ record: { raw: value } });
  });

  test('given no text, then no part is added', () => {
    const { responseElements: _, ...value } = givenUpdate([]);
    const result = parseRecord(value);
    expect(result.kind === 'record' && Object.keys(result.record.raw)).not.toContain('responseElements');
  });
});

describe('a time', () => {
  test.each([
    ['2026-10-06T21:14:05Z', '2026-10-06T21:14:05.000Z'],
    ['2026-10-06 21:14:05', '2026-10-06T21:14:05.000Z'],
    ['2026-10-06 21:14:05.123 UTC', '2026-10-06T21:14:05.123Z'],
    ['2026-10-06t21:14:05z'.toUpperCase(), '2026-10-06T21:14:05.000Z'],
    ['2026-10-06T21:14', '2026-10-06T21:14:00.000Z'],
    ['2026-10-06T21:14:05.123456789Z', '2026-10-06T21:14:05.123Z'],
    ['2026-10-06T21:14:05+02:00', '2026-10-06T19:14:05.000Z'],
    ['2026-10-06T21:14:05-0200', '2026-10-06T23:14:05.000Z'],
  ])('given %s, then it is read in UTC', (eventTime, time) => {
    expect(parsed({ eventTime }).eventTime?.toISOString()).toBe(time);
  });

  test.each<[unknown]>([
    ['x2026-10-06T21:14:05Z'],
    ['2026-10-06T21:14:05Zx'],
    ['2026-02-30T21:14:05Z'],
    ['2026-13-01T21:14:05Z'],
    ['2026-10-06T25:14:05Z'],
    ['9999-12-31T23:59:59-02:00'],
    ['2026-10-06'],
    [['2026-10-06T21:14:05Z']],
    [1_791_321_245],
    [undefined],
  ])('given %j, then it is no time', (eventTime) => {
    expect(parsed({ eventTime }).eventTime).toBeUndefined();
  });
});

describe('what cannot be read', () => {
  test.each<[string, unknown, string]>([
    ['eventTime', null, 'eventTime is null, not a time'],
    ['eventID', null, 'eventID is null'],
    ['eventSource', [], 'eventSource is a list'],
    ['awsRegion', '', 'awsRegion is empty'],
    ['userIdentity', 7, 'userIdentity is a number'],
  ])('given a bad %s, then the problem says what it is', (key, value, problem) => {
    expect(parsed({ [key]: value }).problems).toEqual([problem]);
  });
});
