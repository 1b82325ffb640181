import type { Asked, Call } from '../../lambda/detection/call';
import { doubtAbout } from '../../lambda/detection/doubt';
import { emptyHistory, type FunctionHistory, type HistoryEntry } from '../../lambda/detection/history';
import { type Insertion, insertEntry } from '../../lambda/detection/history-insert';
import { entryAt, historyOf } from '../fixtures/history';
import { layerVersion } from '../fixtures/records';

const a1 = layerVersion('a', 1);
const b2 = layerVersion('b', 2);
const time = '2026-10-06T21:14:05.000Z';

const callOf = (asked: Asked): Call => ({
  target: { type: 'function', arn: undefined, name: undefined, account: undefined, region: undefined },
  asked,
  problems: [],
});
const call = callOf({ kind: 'layers', layers: [a1] });

function entryOf(fields: Partial<HistoryEntry> = {}): HistoryEntry {
  return { time, recordId: 'r1', source: 'call', layers: [a1], ...fields } as HistoryEntry;
}

const later = (fields: Partial<HistoryEntry>) =>
  entryOf({ time: '2026-10-06T21:20:05.000Z', recordId: 'r2', layers: [a1, b2], ...fields });

function insertion(outcome: Insertion['outcome'], history: Partial<FunctionHistory> = {}): Insertion {
  const all = { ...emptyHistory, ...history };
  return { outcome, history: all, stored: all };
}

function doubt(
  outcome: Insertion['outcome'],
  history: Partial<FunctionHistory> = {},
): readonly string[] | undefined {
  return doubtAbout(call, entryOf(), insertion(outcome, history));
}

test.each<Asked>([{ kind: 'no-layers' }, { kind: 'unreadable', layers: [] }])(
  'given a call that sets no layers (%j), then there is no doubt',
  (asked) => {
    expect(doubtAbout(callOf(asked), undefined, insertion('crowded'))).toBeUndefined();
  },
);

test('given no entry, then its place is in doubt', () => {
  expect(doubtAbout(call, undefined, insertion('inserted'))).toEqual([
    'where it stands among the calls of its function is not known',
  ]);
});

test('given no insertion, then there is no doubt', () => {
  expect(doubtAbout(call, entryOf(), undefined)).toBeUndefined();
});

test('given a crowded second, then the doubt says so', () => {
  expect(doubt('crowded')).toEqual([
    'more calls of its function happened within its second than Lambda can make',
  ]);
});

describe('a call older than what is kept', () => {
  test.each<[string, readonly string[] | undefined, string]>([
    ['layers', [a1, b2], 'a:1, b:2'],
    ['no layers', [], 'no layers'],
    ['layers that are not known', undefined, 'others'],
  ])('given %s at that time, then the doubt says which', (_, layers, shown) => {
    const before = { time, layers } as FunctionHistory['before'];
    expect(doubt('too-old', { before })).toEqual([
      `it is older than the calls that are kept of its function; at ${time} the function had ${shown}`,
    ]);
  });
});

describe.each<Insertion['outcome']>(['inserted', 'known'])(
  'a call that is %s before a later one without its record',
  (outcome) => {
    const doubtBefore = (fields: Partial<HistoryEntry>) =>
      doubt(outcome, { entries: [entryOf(), later(fields)] });

    test('given layers that the later one added, then they are in doubt', () => {
      expect(doubtBefore({})).toEqual([
        'at 2026-10-06T21:20:05.000Z event r2, whose record is no longer kept, put back a:1, b:2',
      ]);
    });

    test('given layers that are not known, then the doubt says so', () => {
      expect(doubtBefore({ layers: undefined })).toEqual([
        expect.stringContaining('put back unknown layers'),
      ]);
    });

    test.each<[string, Partial<HistoryEntry>]>([
      ['the record is kept', { record: {} }],
      ['it added nothing', { layers: [a1] }],
      ['it took all off', { layers: [] }],
      ['it was no call that sets layers', { source: 'response' }],
    ])('given that %s, then there is no doubt', (_, fields) => {
      expect(doubtBefore(fields)).toBeUndefined();
    });
  },
);

/** The doubt about a call that arrives after others, whose records are not kept. */
function doubtBehind(others: readonly HistoryEntry[], late: HistoryEntry): readonly string[] | undefined {
  return doubtAbout(call, late, insertEntry(historyOf(...others), late));
}

describe('a late removal before calls whose records are not kept', () => {
  const removal = entryAt(2, [], { recordId: 'removal' });

  test('given a later call that put layers back, then the doubt names its event', () => {
    expect(doubtBehind([entryAt(3, [a1], { recordId: 'again' })], removal)).toEqual([
      expect.stringContaining('event again,'),
    ]);
  });

  test('given also a call of its own second that put layers back, then each is a doubt, the later one first', () => {
    const doubt = doubtBehind(
      [entryAt(2, [a1], { recordId: 'beside' }), entryAt(3, [b2], { recordId: 'behind' })],
      removal,
    );
    expect(doubt).toEqual([
      expect.stringContaining('event behind,'),
      expect.stringContaining('event beside,'),
    ]);
  });

  test('given a response without layers in its place, then the later call is a doubt, too', () => {
    const response = entryAt(2, [], { recordId: 'response', source: 'response' });
    const history = historyOf(entryAt(1, [a1]), entryAt(3, [a1], { recordId: 'again' }));
    expect(doubtAbout(callOf({ kind: 'no-layers' }), response, insertEntry(history, response))).toEqual([
      expect.stringContaining('event again,'),
    ]);
  });

  test('given a call that shows the list of before, then there is no doubt', () => {
    const same = entryAt(2, [], { recordId: 'same' });
    expect(doubtBehind([entryAt(1, []), entryAt(3, [a1])], same)).toBeUndefined();
  });

  test('given a later call that put nothing back, then there is no doubt', () => {
    expect(doubtBehind([entryAt(3, [])], removal)).toBeUndefined();
  });
});
