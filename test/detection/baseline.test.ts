import {
  type Baseline,
  layersAfter,
  nextBaseline,
  placeRecord,
  seeded,
} from '../../lambda/detection/baseline';
import { readCall } from '../../lambda/detection/call';
import { type CloudTrailRecord, parseRecord } from '../../lambda/detection/record';
import { answering, givenUpdate, layerVersion } from '../fixtures/records';

const base = layerVersion('base', 4);
const util = layerVersion('util', 2);

function parsed(value: unknown): CloudTrailRecord {
  const result = parseRecord(value);
  if (result.kind !== 'record') throw new Error(result.reason);
  return result.record;
}

const at = (eventTime: string, fields = {}) => parsed(givenUpdate([base], { eventTime, ...fields }));

const baseline: Baseline = {
  layers: [base],
  setAt: '2026-10-06T21:00:00.000Z',
  setBy: 'other',
  before: [util],
};

describe('a record is placed by event time', () => {
  test.each([
    ['newer', at('2026-10-06T21:00:01Z'), baseline, { place: 'newest', before: [base] }],
    ['older', at('2026-10-06T20:59:59Z'), baseline, { place: 'older', before: undefined }],
    ['of the same second', at('2026-10-06T21:00:00Z'), baseline, { place: 'same-time', before: undefined }],
    ['the first', at('2026-10-06T21:00:00Z'), undefined, { place: 'first', before: undefined }],
    ['without a time', at('yesterday'), baseline, { place: 'older', before: undefined }],
    [
      'after a deletion',
      at('2026-10-06T21:00:01Z'),
      { ...baseline, layers: undefined },
      { place: 'newest', before: undefined },
    ],
  ])(
    'given one %s, then what was before is only what an older baseline tells',
    (_, record, known, expected) => {
      expect(placeRecord(record, known)).toEqual(expected);
    },
  );

  test('given the record that set the baseline, then it sees the list before it', () => {
    const record = at('2026-10-06T21:00:00Z');
    expect(placeRecord(record, { ...baseline, setBy: record.identityId })).toEqual({
      place: 'own',
      before: [util],
    });
  });
});

describe('a seed may already hold what a record is about to tell', () => {
  const seed: Baseline = {
    layers: [base],
    setAt: '2026-10-06T21:00:00.300Z',
    setBy: seeded,
    before: undefined,
    revisionId: 'rev-seeded',
  };
  const answer = (fields: Record<string, unknown>) => ({
    responseElements: { ...(answering([base]).responseElements as object), revisionId: 'rev-9', ...fields },
  });

  test.each([
    [
      'its call completed after the modification that the seed shows, as CloudTrail writes it',
      at('2026-10-06T21:00:05Z', answer({ lastModified: '2026-10-06T21:00:00.300+0000' })),
      'same-time',
    ],
    [
      'the revision is the one that was listed',
      at('2026-10-06T21:30:00Z', answer({ revisionId: 'rev-seeded' })),
      'older',
    ],
    ['no time of modification is answered and a minute has not passed', at('2026-10-06T21:00:50Z'), 'older'],
    ['no time of modification is answered and a minute has passed', at('2026-10-06T21:01:02Z'), 'newest'],
    [
      'the function was modified after the seed',
      at('2026-10-06T21:00:20Z', answer({ lastModified: '2026-10-06T21:00:19.000+0000' })),
      'newest',
    ],
  ])('given %s, then it is %s only where it must be', (_, record, place) => {
    expect(placeRecord(record, seed).place).toBe(place);
  });
});

describe('what a call leaves on its function', () => {
  const after = (value: unknown) => {
    const record = parsed(value);
    return layersAfter(record, readCall(record, 'update'));
  };

  test.each([
    ['the request where it lists layers', givenUpdate([base, util]), [base, util]],
    ['nothing where the request lists none', givenUpdate([]), []],
    [
      'the response where the request is about something else',
      givenUpdate(undefined, answering([util])),
      [util],
    ],
    ['no layers where the response has none', givenUpdate(undefined, answering([])), []],
    [
      'what was there where nothing is answered',
      givenUpdate(undefined, { responseElements: null }),
      'untouched',
    ],
    [
      'nobody knows what where neither can be read',
      givenUpdate(undefined, { requestParameters: null, responseElements: null }),
      'unknown',
    ],
    [
      'the response where the request cannot be read',
      givenUpdate(undefined, { requestParameters: null, ...answering([base]) }),
      [base],
    ],
    [
      'nobody knows what where the list is longer than Lambda allows',
      givenUpdate(Array(60).fill(base)),
      'unknown',
    ],
  ])('given a call, then it is %s', (_, value, expected) => {
    expect(after(value)).toEqual(expected);
  });
});

describe('the next baseline', () => {
  const next = (record: CloudTrailRecord, layers: readonly string[], known: Baseline | undefined) =>
    nextBaseline(record, layers, placeRecord(record, known), known);

  test('given a newer record, then it keeps the list before it', () => {
    const record = at('2026-10-06T21:05:00Z');
    expect(next(record, [util], baseline)).toEqual({
      layers: [util],
      setAt: '2026-10-06T21:05:00.000Z',
      setBy: record.identityId,
      before: [base],
    });
  });

  test('given an older record, or its own again, then it stays', () => {
    expect(next(at('2026-10-06T20:00:00Z'), [util], baseline)).toBeUndefined();
    const own = at('2026-10-06T21:00:00Z');
    expect(next(own, [base], { ...baseline, setBy: own.identityId })).toBeUndefined();
  });

  test('given another list of the same second, then the layers are not known; given the same list, then they are', () => {
    expect(next(at('2026-10-06T21:00:00Z'), [util], baseline)).toEqual({ ...baseline, layers: undefined });
    expect(next(at('2026-10-06T21:00:00Z'), [base], baseline)).toBeUndefined();
  });
});
