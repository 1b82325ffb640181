import fc from 'fast-check';
import { parseRecord } from '../../lambda/detection/record';
import { matchRule } from '../../lambda/detection/rule';
import { givenEnvelope, givenUpdate } from '../fixtures/records';

function parsed(value: unknown) {
  const result = parseRecord(value);
  if (result.kind !== 'record') throw new Error(result.reason);
  return result.record;
}

describe('reading a record', () => {
  test('given any JSON, then it never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(['record', 'not-cloudtrail']).toContain(parseRecord(value).kind);
      }),
    );
  });

  test('given any JSON in any field, then it never throws and names what it cannot read', () => {
    const field = fc.constantFrom(
      'userIdentity',
      'eventTime',
      'eventID',
      'eventSource',
      'awsRegion',
      'addendum',
      'errorCode',
    );
    fc.assert(
      fc.property(field, fc.jsonValue(), (name, value) => {
        const record = parsed({ ...givenUpdate(), [name]: value });
        expect(record.identityId).toMatch(/^[A-Za-z0-9-]{1,64}$/);
        expect(matchRule(record)).toHaveProperty('matched');
      }),
    );
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'UpdateFunctionConfiguration'],
    ['a list', [givenUpdate()]],
    ['an object without eventName', { eventSource: 'lambda.amazonaws.com' }],
    [
      'an EventBridge event of another kind',
      { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} },
    ],
  ])('given %s, then it says that it is no CloudTrail record', (_, value) => {
    expect(parseRecord(value)).toEqual({ kind: 'not-cloudtrail', reason: expect.any(String) });
  });

  test('given an EventBridge event, then it reads the record in it', () => {
    const record = givenUpdate();
    expect(parsed(givenEnvelope(record))).toEqual(parsed(record));
  });

  test.each([
    [
      'addendum.originalEventID',
      { addendum: { originalEventID: 'first' }, sharedEventID: 'shared' },
      'first',
    ],
    ['sharedEventID', { sharedEventID: 'shared' }, 'shared'],
    ['eventID', { eventID: 'own' }, 'own'],
  ])('given %s, then that identifies the record', (_, fields, id) => {
    expect(parsed(givenUpdate([], fields)).identityId).toBe(id);
  });

  test('given no id at all, then equal records have equal identities and others do not', () => {
    const without = givenUpdate([], { eventID: null });
    expect(parsed(without).identityId).toBe(parsed({ ...without }).identityId);
    expect(parsed({ ...without, requestID: 'other' }).identityId).not.toBe(parsed(without).identityId);
  });

  test.each([
    ['2026-10-06T21:14:05Z', '2026-10-06T21:14:05.000Z'],
    ['2026-10-06T23:14:05+02:00', '2026-10-06T21:14:05.000Z'],
  ])('given eventTime %s, then it is %s', (eventTime, expected) => {
    expect(parsed(givenUpdate([], { eventTime })).eventTime?.toISOString()).toBe(expected);
  });

  test.each([[null], [0], ['yesterday'], ['2026-99-99T99:99:99Z'], [{}]])(
    'given eventTime %p, then the time is named as unreadable',
    (eventTime) => {
      const record = parsed(givenUpdate([], { eventTime }));
      expect(record.eventTime).toBeUndefined();
      expect(record.problems.join()).toContain('eventTime');
    },
  );
});

describe('the rule', () => {
  const matches = (fields: object) => matchRule(parsed({ ...givenUpdate(), ...fields }));

  test.each([
    ['UpdateFunctionConfiguration', 'update'],
    ['UpdateFunctionConfiguration20150331', 'update'],
    ['UpdateFunctionConfiguration20150331v2', 'update'],
    ['UpdateFunctionConfiguration20991231v9', 'update'],
    ['PublishLayerVersion', 'publish'],
    ['PublishLayerVersion20181031', 'publish'],
  ])('given action %s, then it matches as %s', (eventName, action) => {
    expect(matches({ eventName })).toEqual({ matched: true, action });
  });

  test.each([
    ['UpdateFunctionCode20150331v2'],
    ['UpdateFunctionEventInvokeConfig'],
    ['updatefunctionconfiguration20150331v2'],
    ['GetFunctionConfiguration20150331v2'],
    ['XPublishLayerVersion20181031'],
    ['PublishVersion20150331'],
    ['constructor'],
  ])('given action %s, then it does not match', (eventName) => {
    expect(matches({ eventName })).toEqual({ matched: false, reason: 'other-action' });
  });

  test.each([[undefined], [null], ['']])(
    'given errorCode and errorMessage %p, then the call succeeded',
    (value) => {
      expect(matches({ errorCode: value, errorMessage: value })).toMatchObject({ matched: true });
    },
  );

  test.each([
    [{ errorCode: 'AccessDenied' }],
    [{ errorMessage: 'denied' }],
    [{ errorCode: null, errorMessage: 'denied' }],
    [{ errorCode: 403 }],
  ])('given %p, then the call failed and makes no alert', (fields) => {
    expect(matches(fields)).toEqual({ matched: false, reason: 'failed-call' });
  });

  test('given another service, then it does not match', () => {
    expect(matches({ eventSource: 'opsworks.amazonaws.com' })).toEqual({
      matched: false,
      reason: 'other-service',
    });
  });

  test.each([[undefined], [null], [{}], [[]]])(
    'given eventSource %p, then the action alone decides',
    (eventSource) => {
      expect(matches({ eventSource })).toMatchObject({ matched: true });
    },
  );
});
