import { readCall } from '../../lambda/detection/call';
import { entryOfCall, entryOfLifecycle, keptList } from '../../lambda/detection/history-entry';
import { readFunctionLifecycle } from '../../lambda/detection/lifecycle';
import { type CloudTrailRecord, parseRecord } from '../../lambda/detection/record';
import {
  answering,
  givenCreate,
  givenDelete,
  givenPublish,
  givenUpdate,
  layerVersion,
  roleIdentity,
} from '../fixtures/records';

const [a1, b1] = [layerVersion('a', 1), layerVersion('b', 1)];

function recordOf(value: unknown): CloudTrailRecord {
  const parsed = parseRecord(value);
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return parsed.record;
}

function entryOf(value: unknown, action: 'publish' | 'update' = 'update') {
  const record = recordOf(value);
  return entryOfCall(record, readCall(record, action));
}

describe('the entry of a call', () => {
  test('given layers, then it is what the call set', () => {
    expect(entryOf(givenUpdate([a1, b1], { eventID: 'e1', responseElements: null }))).toMatchObject({
      time: '2026-10-06T21:14:05.000Z',
      recordId: 'e1',
      source: 'call',
      layers: [a1, b1],
      actor: 'arn:aws:iam::123456789012:role/ci-deploy',
      sourceAddress: '45.167.52.18',
    });
  });

  test('given a request that cannot be read, then it is what the response shows', () => {
    const record = givenUpdate([], { requestParameters: null, ...answering([b1]) });
    expect(entryOf(record)).toMatchObject({ source: 'call', layers: [b1] });
  });

  test('given neither a request nor a response, then it is a call that set an unknown list', () => {
    const record = givenUpdate([], { requestParameters: null, responseElements: null });
    expect(entryOf(record)).toMatchObject({ source: 'call', layers: undefined });
  });

  test('given no layers, then it is what the response shows, and no call', () => {
    expect(entryOf(givenUpdate(undefined, answering([a1])))).toMatchObject({
      source: 'response',
      layers: [a1],
    });
  });

  test.each([
    ['no layers and no response', givenUpdate(undefined, { responseElements: null }), 'update'],
    ['a publish', givenPublish('a', 1), 'publish'],
    ['no time', givenUpdate([a1], { eventTime: 'yesterday' }), 'update'],
  ] as const)('given %s, then there is none', (_, record, action) => {
    expect(entryOf(record, action)).toBeUndefined();
  });

  test('given a publish that cannot be read, then there is none', () => {
    const record = givenPublish('a', 1, { requestParameters: null, responseElements: null });
    expect(entryOf(record, 'publish')).toBeUndefined();
  });

  test('given a call of tampering on a function, then there is none', () => {
    const record = recordOf(givenUpdate([a1]));
    const { target } = readCall(record, 'update');
    const asked = { kind: 'tampering', action: 'UpdateFunctionConfiguration', layers: [a1] } as const;
    expect(entryOfCall(record, { target, asked, problems: [] })).toBeUndefined();
  });

  test('given an address of any length, then 100 characters are kept', () => {
    const entry = entryOf(givenUpdate([a1], { sourceIPAddress: 'x'.repeat(101) }));
    expect(entry?.sourceAddress).toBe('x'.repeat(100));
  });

  test('given no address, then there is none', () => {
    expect(entryOf(givenUpdate([a1], { sourceIPAddress: null }))?.sourceAddress).toBeUndefined();
  });
});

describe('the record that an entry keeps', () => {
  /** The record without its response has this many characters as JSON. */
  function lengthOf(record: object, without: readonly string[] = []): number {
    return JSON.stringify(
      Object.fromEntries(Object.entries(record).filter(([key]) => !without.includes(key))),
    ).length;
  }

  function padded(length: number, without: readonly string[] = []): object {
    const record = givenUpdate([a1], { userAgent: '' });
    return { ...record, userAgent: 'x'.repeat(length - lengthOf(record, without)) };
  }

  test('given a record, then it is kept with its response', () => {
    const record = givenUpdate([a1]);
    expect(entryOf(record)?.record).toEqual(record);
  });

  test('given values of an environment, then they are not kept', () => {
    const parameters = { functionName: 'f', layers: [a1], environment: { variables: { KEY: 'secret' } } };
    expect(JSON.stringify(entryOf(givenUpdate([a1], { requestParameters: parameters })))).not.toContain(
      'secret',
    );
  });

  test('given 8,000 characters, then it is kept whole', () => {
    expect(entryOf(padded(8_000))?.record).toHaveProperty('responseElements');
  });

  test('given 8,001 characters, then it is kept without its response', () => {
    const record = entryOf(padded(8_001))?.record;
    expect(record).toMatchObject({ userIdentity: roleIdentity });
    expect(record).not.toHaveProperty('responseElements');
  });

  test('given 8,000 characters without the response, then it is kept', () => {
    expect(entryOf(padded(8_000, ['responseElements']))?.record).toBeDefined();
  });

  test('given 8,001 characters without the response, then it is not kept', () => {
    expect(entryOf(padded(8_001, ['responseElements']))).toMatchObject({ layers: [a1], record: undefined });
  });
});

describe('the entry of a function that was created or deleted', () => {
  function entryOfFunction(value: unknown) {
    const record = recordOf(value);
    const lifecycle = readFunctionLifecycle(record);
    return lifecycle === undefined ? 'no lifecycle' : entryOfLifecycle(record, lifecycle);
  }

  test('given a creation, then it is the first list', () => {
    expect(entryOfFunction(givenCreate([a1], { eventID: 'e1' }))).toEqual({
      time: '2026-10-06T21:14:05.000Z',
      recordId: 'e1',
      source: 'created',
      layers: [a1],
    });
  });

  test('given a deletion, then its list is unknown', () => {
    expect(entryOfFunction(givenDelete())).toMatchObject({ source: 'deleted', layers: undefined });
  });

  test('given no time, then there is none', () => {
    expect(entryOfFunction(givenCreate([a1], { eventTime: 'yesterday' }))).toBeUndefined();
  });
});

describe('a list that is kept', () => {
  test.each([
    ['50 layers', true, Array.from({ length: 50 }, () => a1)],
    ['51 layers', false, Array.from({ length: 51 }, () => a1)],
    ['a text of 500 characters', true, [a1, 'x'.repeat(500)]],
    ['a text of 501 characters', false, [a1, 'x'.repeat(501)]],
    ['no layers', true, []],
  ])('given %s, then it is known: %p', (_, isKnown, layers) => {
    expect(keptList(layers)).toEqual(isKnown ? layers : undefined);
  });

  test('given an unknown list, then it stays unknown', () => {
    expect(keptList(undefined)).toBeUndefined();
  });
});
