import type { FunctionHistory, HistoryEntry, LayerList } from '../../lambda/detection/history';
import {
  entriesJudgedBy,
  latestList,
  listsAtEndOf,
  listsBefore,
  sameNewsAs,
  twinsAmong,
} from '../../lambda/detection/history-lists';
import { entryAt, historyOf, second } from '../fixtures/history';
import { layerVersion } from '../fixtures/records';

const [a1, b1, c1] = [layerVersion('a', 1), layerVersion('b', 1), layerVersion('c', 1)];

const created = (number: number, layers: LayerList) =>
  entryAt(number, layers, { recordId: `c${number}`, source: 'created', actor: undefined });
const deleted = (number: number) =>
  entryAt(number, undefined, { recordId: `d${number}`, source: 'deleted', actor: undefined });

function withBefore(history: FunctionHistory, layers: LayerList): FunctionHistory {
  return { ...history, before: { time: second(0), layers } };
}

describe('the lists at the end of a second', () => {
  const at = (history: FunctionHistory, number = 9) => listsAtEndOf(history, second(number).slice(0, 19));

  test.each([
    ['no entry', historyOf(), [undefined]],
    ['one call', historyOf(entryAt(1, [a1])), [[a1]]],
    ['one response', historyOf(entryAt(1, [a1], { source: 'response' })), [[a1]]],
    ['one listing', historyOf(entryAt(1, [a1], { source: 'listing' })), [[a1]]],
    ['an unknown list', historyOf(entryAt(1, undefined)), [undefined]],
    [
      'a response behind a call',
      historyOf(entryAt(1, [a1]), entryAt(2, [b1], { source: 'response' })),
      [[b1]],
    ],
    ['a listing behind a call', historyOf(entryAt(1, [a1]), entryAt(2, [b1], { source: 'listing' })), [[b1]]],
    ['two calls of two seconds', historyOf(entryAt(1, [a1]), entryAt(2, [b1])), [[b1]]],
    [
      'two lists of one second',
      historyOf(entryAt(1, [c1]), entryAt(2, [a1]), entryAt(2, [b1], { recordId: 'x' })),
      [[a1], [b1]],
    ],
    ['one list twice in a second', historyOf(entryAt(2, [a1]), entryAt(2, [a1], { recordId: 'x' })), [[a1]]],
    ['a creation alone', historyOf(created(1, [a1])), [[a1]]],
    ['a deletion alone', historyOf(deleted(1)), [undefined]],
    ['a creation behind a call', historyOf(entryAt(1, [a1]), created(2, [b1])), [[a1], [b1]]],
    ['a creation within the second of a call', historyOf(created(1, [b1]), entryAt(1, [a1])), [[a1], [b1]]],
    ['a creation before a call', historyOf(created(1, [b1]), entryAt(2, [a1])), [[a1]]],
    ['a deletion behind a call', historyOf(entryAt(1, [a1]), deleted(2)), [[a1], undefined]],
    [
      'a deletion and a creation behind a call',
      historyOf(entryAt(1, [a1]), deleted(2), created(3, [])),
      [[a1], []],
    ],
    ['a creation with the list of the last call', historyOf(entryAt(1, [a1]), created(2, [a1])), [[a1]]],
    ['a list from before the history', withBefore(historyOf(), [c1]), [[c1]]],
    ['a list from before and a call', withBefore(historyOf(entryAt(1, [a1])), [c1]), [[a1]]],
    ['a list from before and a creation', withBefore(historyOf(created(1, [a1])), [c1]), [[c1], [a1]]],
    [
      'an unknown list from before and a creation',
      withBefore(historyOf(created(1, [a1])), undefined),
      [[a1]],
    ],
  ])('given %s, then these may be the list', (_, history, lists) => {
    expect(at(history)).toStrictEqual(lists);
  });

  test.each([
    [1, [[a1]]],
    [2, [[b1]]],
    [3, [[b1]]],
    [4, [[c1]]],
  ])(
    'given calls of the seconds 1, 2 and 4, then at the end of second %d the last one so far counts',
    (number, lists) => {
      const history = historyOf(entryAt(1, [a1]), entryAt(2, [b1]), entryAt(4, [c1]));
      expect(at(history, number)).toStrictEqual(lists);
    },
  );
});

describe('the lists before an entry', () => {
  const [first, second2] = [entryAt(1, [a1]), entryAt(2, [b1])];

  test('given a call of an earlier second, then its list', () => {
    expect(listsBefore(historyOf(first, second2), second2)).toStrictEqual([[a1]]);
  });

  test('given a call of the second just before across midnight, then its list', () => {
    expect(listsBefore(historyOf(entryAt(-1, [a1]), entryAt(0, [b1])), entryAt(0, [b1]))).toStrictEqual([
      [a1],
    ]);
  });

  test('given a creation in the second just before, then its list may have been there, too', () => {
    const entry = entryAt(5, [b1]);
    expect(listsBefore(historyOf(entryAt(1, [a1]), created(4, [c1]), entry), entry)).toStrictEqual([
      [a1],
      [c1],
    ]);
  });

  test('given a call of a later second, then it does not count', () => {
    expect(listsBefore(historyOf(first, second2), first)).toStrictEqual([undefined]);
  });

  test('given another list of the same second, then each may have come first', () => {
    const other = entryAt(2, [c1], { recordId: 'x' });
    expect(listsBefore(historyOf(first, second2, other), second2)).toStrictEqual([[a1], [c1]]);
  });

  test('given an equal call of the same second with a lower id, then the call is its repeat', () => {
    const [low, high] = [entryAt(2, [b1], { recordId: 'a' }), entryAt(2, [b1], { recordId: 'b' })];
    expect(listsBefore(historyOf(first, low, high), high)).toStrictEqual([[b1]]);
  });

  test('given an equal call of the same second with a higher id, then the call is the first', () => {
    const [low, high] = [entryAt(2, [b1], { recordId: 'a' }), entryAt(2, [b1], { recordId: 'b' })];
    expect(listsBefore(historyOf(first, low, high), low)).toStrictEqual([[a1], [b1]]);
  });

  test('given equal calls and another list in the same second, then none is a repeat', () => {
    const [low, high] = [entryAt(2, [b1], { recordId: 'a' }), entryAt(2, [b1], { recordId: 'b' })];
    const other = entryAt(2, [c1], { recordId: 'c' });
    expect(listsBefore(historyOf(first, low, high, other), high)).toStrictEqual([[a1], [b1], [c1]]);
  });

  test('given equal calls and a deletion in the same second, then the higher one is a repeat', () => {
    const [low, high] = [entryAt(2, [b1], { recordId: 'a' }), entryAt(2, [b1], { recordId: 'b' })];
    expect(listsBefore(historyOf(first, low, high, deleted(2)), high)).toStrictEqual([[b1]]);
  });

  test('given an equal call of another actor in the same second, then the call is no repeat', () => {
    const low = entryAt(2, [b1], { recordId: 'a', actor: 'eve' });
    const high = entryAt(2, [b1], { recordId: 'b' });
    expect(listsBefore(historyOf(first, low, high), high)).toStrictEqual([[a1], [b1]]);
  });

  test('given a call that a crowded second has no place for, then it repeats its equal call, whatever the ids', () => {
    const stored = entryAt(2, [b1], { recordId: 'b' });
    const other = entryAt(2, [c1], { recordId: 'c' });
    expect(listsBefore(historyOf(first, stored, other), entryAt(2, [b1], { recordId: 'a' }))).toStrictEqual([
      [b1],
    ]);
  });

  test('given a call that is not in the history and has no equal, then it is compared with all of its second', () => {
    const other = entryAt(2, [c1], { recordId: 'c' });
    expect(listsBefore(historyOf(first, other), second2)).toStrictEqual([[a1], [c1]]);
  });
});

describe('the twins of a call', () => {
  const call = entryAt(2, [a1], { recordId: 'x' });

  test('given an equal call, then it is one', () => {
    const twin = entryAt(2, [a1]);
    expect(twinsAmong(call, [twin])).toStrictEqual([twin]);
  });

  test.each([
    ['the call itself', call],
    ['another second', entryAt(3, [a1])],
    ['another list', entryAt(2, [b1])],
    ['another actor', entryAt(2, [a1], { actor: 'eve' })],
    ['a response', entryAt(2, [a1], { source: 'response' })],
  ])('given %s, then it is none', (_, other) => {
    expect(twinsAmong(call, [other])).toStrictEqual([]);
  });

  test('given a response, then it has none', () => {
    expect(twinsAmong({ ...call, source: 'response' }, [entryAt(2, [a1])])).toStrictEqual([]);
  });

  test('given an unknown list, then it has none', () => {
    expect(twinsAmong({ ...call, layers: undefined }, [entryAt(2, undefined)])).toStrictEqual([]);
  });
});

describe('the calls that are the same news', () => {
  const call = entryAt(5, [a1]);

  function same(entry: HistoryEntry, ...entries: readonly HistoryEntry[]): readonly string[] {
    return sameNewsAs(historyOf(...entries), entry);
  }

  test('given equal calls before and behind it, then all of them', () => {
    expect(same(call, entryAt(1, [a1]), entryAt(2, [a1]), call, entryAt(8, [a1]))).toStrictEqual([
      'r1',
      'r2',
      'r8',
    ]);
  });

  test.each([
    ['a deletion', deleted(3)],
    ['a creation', created(3, undefined)],
    ['a creation with the same list', created(3, [a1])],
  ] as const)('given %s of the function in between, then what is before it is other news', (_, parting) => {
    expect(same(call, entryAt(1, [a1]), parting, call, entryAt(8, [a1]))).toStrictEqual(['r8']);
  });

  test('given another list in between, then what is beyond it is other news', () => {
    const entries = [1, 3, 5, 7, 9].map((number) => entryAt(number, [a1]));
    const others = [2, 8].map((number) => entryAt(number, [b1]));
    const inOrder = [...entries, ...others].sort((a, b) => (a.time < b.time ? -1 : 1));
    expect(same(call, ...inOrder)).toStrictEqual(['r3', 'r7']);
  });

  test.each([
    ['another actor', { actor: 'eve' }],
    ['another address', { sourceAddress: '192.0.2.1' }],
    ['a response', { source: 'response' }],
  ] as const)(
    'given the same list from %s, then it is other news, and what is beyond it is not',
    (_, fields) => {
      expect(same(call, entryAt(1, [a1]), entryAt(2, [a1], fields), call)).toStrictEqual(['r1']);
    },
  );

  test.each([
    ['a response', { ...call, source: 'response' }],
    ['an unknown list', { ...call, layers: undefined }],
  ] as const)('given %s, then nothing is the same news', (_, entry) => {
    expect(same(entry, entryAt(1, entry.layers), entry)).toStrictEqual([]);
  });

  test('given a call that a crowded second has no place for, then its twins', () => {
    expect(same(call, entryAt(1, [a1]), entryAt(5, [a1], { recordId: 'x' }))).toStrictEqual(['x']);
  });
});

describe('the entries that an entry decides about', () => {
  function judged(entry: HistoryEntry, ...entries: readonly HistoryEntry[]): readonly string[] {
    return entriesJudgedBy(historyOf(...entries), entry).map(({ recordId }) => recordId);
  }

  const entry = entryAt(5, [b1]);

  test('given later calls, then those of the next second with a list', () => {
    const next = entryAt(7, [b1], { recordId: 'x' });
    expect(judged(entry, entry, entryAt(7, [a1]), next, entryAt(8, [a1]))).toStrictEqual(['r7', 'x']);
  });

  test('given another entry of its second, then that one', () => {
    expect(judged(entry, entry, entryAt(5, [a1], { recordId: 'x' }))).toStrictEqual(['x']);
  });

  test('given a creation behind it, then it is passed over', () => {
    expect(judged(entry, entry, created(6, [a1]), entryAt(7, [a1]))).toStrictEqual(['r7']);
  });

  test('given equal calls before it and a later one, then also the first of them', () => {
    const before = [entryAt(1, [c1]), entryAt(2, [a1]), entryAt(3, [a1])];
    expect(judged(entry, ...before, entry, entryAt(7, [a1]))).toStrictEqual(['r2', 'r7']);
  });

  test('given nothing behind it, then nothing before it', () => {
    expect(judged(entry, entryAt(2, [a1]), entry)).toStrictEqual([]);
  });

  test('given nothing before it, then only what is behind', () => {
    expect(judged(entry, entry, entryAt(7, [a1]))).toStrictEqual(['r7']);
  });

  test('given an entry of its second and one behind, then what is before its second is parted from it', () => {
    expect(
      judged(entry, entryAt(2, [a1]), entryAt(5, [c1], { recordId: 'x' }), entry, entryAt(7, [a1])),
    ).toStrictEqual(['r2', 'x', 'r7']);
  });
});

describe('the latest list', () => {
  test.each([
    ['no entry', historyOf(), undefined],
    ['calls', historyOf(entryAt(1, [a1]), entryAt(2, [b1])), [b1]],
    [
      'two lists of the last second',
      historyOf(entryAt(2, [a1]), entryAt(2, [b1], { recordId: 'x' })),
      undefined,
    ],
  ])('given %s, then it is the last one that is sure', (_, history, list) => {
    expect(latestList(history)).toStrictEqual(list);
  });
});
