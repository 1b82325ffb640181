import { alertIdFor, alertIdOf, windowOf } from '../../lambda/detection/alert-id';
import { type Asked, type Call, readCall } from '../../lambda/detection/call';
import { parseRecord } from '../../lambda/detection/record';
import { answering, givenPublish, givenUpdate, layerVersion, userIdentity } from '../fixtures/records';

const [a1, b1] = [layerVersion('a', 1), layerVersion('b', 1)];
const hour = 60;

function recordOf(value: unknown) {
  const parsed = parseRecord(value);
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return parsed.record;
}

function idOf(value: unknown, action: 'publish' | 'update' = 'update', minutes = hour): string {
  const record = recordOf(value);
  return alertIdOf(record, readCall(record, action), minutes);
}

describe('the window of a time', () => {
  test.each([
    ['2026-10-06T21:00:00.000Z', 60, '2026-10-06T21:00:00.000Z', '2026-10-06T22:00:00.000Z'],
    ['2026-10-06T21:59:59.999Z', 60, '2026-10-06T21:00:00.000Z', '2026-10-06T22:00:00.000Z'],
    ['2026-10-06T21:14:05.000Z', 5, '2026-10-06T21:10:00.000Z', '2026-10-06T21:15:00.000Z'],
  ])('given %s and %d minutes, then it is from %s to %s', (time, minutes, start, end) => {
    const { startMilliseconds, endMilliseconds } = windowOf(new Date(time), minutes);
    expect([startMilliseconds, endMilliseconds].map((each) => new Date(each).toISOString())).toEqual([
      start,
      end,
    ]);
  });

  test('given no time, then it is the first one', () => {
    expect(windowOf(undefined, 60)).toEqual({ startMilliseconds: 0, endMilliseconds: 3_600_000 });
  });
});

describe('the id of an alert', () => {
  test('given a record, then the id is the same in every release', () => {
    expect(idOf(givenUpdate([a1, b1], { eventID: 'e1' }))).toBe(
      'c4e373c05344f41b892a0c00ee7ed34954e63c6291530e55ce01556979bec142',
    );
  });

  test.each([
    ['another event id', givenUpdate([a1, b1])],
    ['the layers in another order', givenUpdate([b1, a1])],
    ['another minute of its hour', givenUpdate([a1, b1], { eventTime: '2026-10-06T21:59:59Z' })],
    ['another address', givenUpdate([a1, b1], { sourceIPAddress: '192.0.2.1' })],
  ])('given %s, then it is the same alert', (_, other) => {
    expect(idOf(other)).toBe(idOf(givenUpdate([a1, b1])));
  });

  test.each([
    ['another layer', givenUpdate([a1, layerVersion('c', 1)])],
    ['another version', givenUpdate([a1, layerVersion('b', 2)])],
    ['a layer twice', givenUpdate([a1, b1, b1])],
    ['no layers', givenUpdate([])],
    ['a call without layers', givenUpdate(undefined)],
    ['another function', givenUpdate([a1, b1], {}, 'billing')],
    ['another actor', givenUpdate([a1, b1], { userIdentity })],
    ['the next hour', givenUpdate([a1, b1], { eventTime: '2026-10-06T22:00:00Z' })],
    ['another region', givenUpdate([a1, b1], { awsRegion: 'us-east-1', responseElements: null })],
    ['a request that cannot be read', givenUpdate([a1, b1], { requestParameters: null })],
  ])('given %s, then it is another alert', (_, other) => {
    expect(idOf(other)).not.toBe(idOf(givenUpdate([a1, b1])));
  });

  test('given another window, then it is another alert', () => {
    const record = givenUpdate([a1], { eventTime: '2026-10-06T00:00:00Z' });
    expect(idOf(record, 'update', 30)).not.toBe(idOf(record));
  });

  test('given records that do not name their function, then each is an alert of its own', () => {
    const unnamed = { requestParameters: { layers: [a1] }, responseElements: null };
    expect(idOf(givenUpdate([], { ...unnamed, eventID: 'e1' }))).not.toBe(
      idOf(givenUpdate([], { ...unnamed, eventID: 'e2' })),
    );
  });

  test('given the same publish again, then it is the same alert', () => {
    expect(idOf(givenPublish('a', 1), 'publish')).toBe(idOf(givenPublish('a', 1), 'publish'));
  });

  test('given another version of the same layer, then it is another alert', () => {
    expect(idOf(givenPublish('a', 1), 'publish')).not.toBe(idOf(givenPublish('a', 2), 'publish'));
  });

  test('given publishes without a version, then each is an alert of its own', () => {
    const ids = ['e1', 'e2'].map((eventID) =>
      idOf(givenPublish('a', 1, { eventID, responseElements: null }), 'publish'),
    );
    expect(new Set(ids).size).toBe(2);
  });

  test('given two calls that cannot be read with the same response in another order, then they are one alert', () => {
    const ids = [
      [a1, b1],
      [b1, a1],
    ].map((layers) => idOf(givenUpdate([], { requestParameters: null, ...answering(layers) })));
    expect(new Set(ids).size).toBe(1);
  });

  test('given two calls that cannot be read with other responses, then each is an alert of its own', () => {
    const ids = [[a1], [b1]].map((layers) =>
      idOf(givenUpdate([], { requestParameters: null, ...answering(layers) })),
    );
    expect(new Set(ids).size).toBe(2);
  });

  test('given calls that cannot be read without a response, then each is an alert of its own', () => {
    const unreadable = { requestParameters: null, responseElements: null };
    const ids = ['e1', 'e2'].map((eventID) => idOf(givenUpdate([], { ...unreadable, eventID })));
    expect(new Set(ids).size).toBe(2);
  });
});

describe('what is asked for as a part of the id', () => {
  const record = recordOf(givenUpdate([a1], { eventID: 'e1' }));
  const { target } = readCall(record, 'update');

  function idAsked(asked: Asked, at = record): string {
    return alertIdOf(at, { target, asked, problems: [] }, hour);
  }

  test.each([
    ['tampering', { kind: 'tampering', action: 'DisableRule', layers: undefined }, 'tampering e1'],
    ['a publish', { kind: 'publish', layerVersionArn: a1, version: '1' }, `publish ${a1}`],
    ['a publish without an ARN', { kind: 'publish', layerVersionArn: undefined, version: '1' }, 'publish e1'],
    ['no layers', { kind: 'no-layers' }, 'no-layers'],
    ['layers', { kind: 'layers', layers: [b1, a1] }, `layers ["${a1}","${b1}"]`],
    ['what cannot be read', { kind: 'unreadable', layers: [] }, `unreadable ["${a1}"]`],
  ] as const)('given %s, then the id is the same in every release', (_, asked, key) => {
    expect(idAsked(asked)).toBe(alertIdFor(key, record, { target, asked, problems: [] }, hour));
  });

  test('given a target whose account and region are not known, then the id is of empty texts', () => {
    const call: Call = {
      target: { type: 'function', arn: undefined, name: undefined, account: undefined, region: undefined },
      asked: { kind: 'no-layers' },
      problems: [],
    };
    expect(alertIdOf(record, call, hour)).toBe(
      '7dab2b6fe865325853afce05ec586b0d90bb3c82498370d65304e3b574ce8e12',
    );
  });
});
