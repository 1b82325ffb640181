import fc from 'fast-check';
import type { FunctionHistory, HistoryEntry } from '../../lambda/detection/history';
import { insertEntry, maxEntries, maxKeptRecords } from '../../lambda/detection/history-insert';
import { entryAt, historyOf, second } from '../fixtures/history';
import { layerVersion } from '../fixtures/records';

const [a1, b1] = [layerVersion('a', 1), layerVersion('b', 1)];
const day = 86_400;

/** The history after entries, one after the other, as it is stored. */
function stored(entries: readonly HistoryEntry[], first: FunctionHistory = historyOf()): FunctionHistory {
  return entries.reduce((history, entry) => insertEntry(history, entry).stored, first);
}

const idsOf = ({ entries }: FunctionHistory) => entries.map(({ recordId }) => recordId);

const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

describe('an entry that is inserted', () => {
  test('given an empty history, then the entry is in it', () => {
    const entry = entryAt(1, [a1]);
    const expected = { entries: [entry], before: undefined, version: 1 };
    expect(insertEntry(historyOf(), entry)).toEqual({
      outcome: 'inserted',
      history: expected,
      stored: expected,
    });
  });

  test('given a late entry, then it stands at its time', () => {
    const { outcome, history } = insertEntry(historyOf(entryAt(1, [a1]), entryAt(3, [])), entryAt(2, [b1]));
    expect(outcome).toBe('inserted');
    expect(idsOf(history)).toEqual(['r1', 'r2', 'r3']);
  });

  test('given two entries of one second, then they stand by their ids, whatever their milliseconds', () => {
    const [first, last] = [
      entryAt(1, [a1], { recordId: 'b', time: '2026-10-06T00:00:01.100Z' }),
      entryAt(1, [a1], { recordId: 'a', time: '2026-10-06T00:00:01.900Z' }),
    ];
    expect(idsOf(stored([first, last]))).toEqual(['a', 'b']);
  });

  test('given the same record again, then nothing changes', () => {
    const history = historyOf(entryAt(1, [a1]));
    expect(insertEntry(history, entryAt(1, [a1]))).toEqual({ outcome: 'known', history, stored: history });
  });

  test('given entries in any order, then the history is the same', () => {
    const entries = range(8).map((number) =>
      entryAt(Math.floor(number / 2), [a1], { recordId: `r${number}` }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        expect(stored(shuffled)).toEqual(stored(entries));
      }),
    );
  });
});

describe('an entry that is older than what a history keeps', () => {
  const before = { time: second(5), layers: [a1] };
  const history = { ...historyOf(entryAt(9, [b1])), before };

  test.each([
    [4, 'too-old'],
    [5, 'too-old'],
    [6, 'inserted'],
  ])('given second %d and a history that ends at second 5, then it is %s', (number, outcome) => {
    expect(insertEntry(history, entryAt(number, [])).outcome).toBe(outcome);
  });

  test('given one that is too old, then nothing changes', () => {
    expect(insertEntry(history, entryAt(4, []))).toEqual({ outcome: 'too-old', history, stored: history });
  });
});

describe('a second with many entries', () => {
  const crowd = (count: number) =>
    historyOf(...range(count, 10).map((number) => entryAt(1, [a1], { recordId: `r${number}` })));

  test('given 15 entries, then there is place for one more', () => {
    expect(insertEntry(crowd(15), entryAt(1, [b1])).outcome).toBe('inserted');
  });

  test('given 16 entries and another list, then there is no place', () => {
    const history = crowd(16);
    expect(insertEntry(history, entryAt(1, [b1]))).toEqual({ outcome: 'crowded', history, stored: history });
  });

  test('given 16 entries and a repeat of one, then it is known', () => {
    expect(insertEntry(crowd(16), entryAt(1, [a1])).outcome).toBe('known');
  });

  test('given 16 entries of one second, then another second has place', () => {
    expect(insertEntry(crowd(16), entryAt(2, [b1])).outcome).toBe('inserted');
  });
});

describe('the bounds of a history', () => {
  test('given 100 entries, then all are kept', () => {
    const history = stored(range(maxEntries).map((number) => entryAt(number, [a1])));
    expect(history.entries).toHaveLength(100);
    expect(history.before).toBeUndefined();
  });

  test('given 101 entries, then the oldest leaves its list as what was before', () => {
    const history = stored(
      range(maxEntries + 1).map((number) => entryAt(number, number === 0 ? [b1] : [a1])),
    );
    expect(idsOf(history).slice(0, 1)).toEqual(['r1']);
    expect(history.entries).toHaveLength(100);
    expect(history.before).toEqual({ time: second(0), layers: [b1] });
  });

  test('given 101 entries, then the call is judged by all of them', () => {
    const full = stored(range(maxEntries).map((number) => entryAt(number, [a1])));
    expect(insertEntry(full, entryAt(maxEntries, [b1])).history.entries).toHaveLength(101);
  });

  test('given 101 entries of which the two oldest are of one second, then both go', () => {
    const entries = range(maxEntries - 1, 1).map((number) => entryAt(number, [a1]));
    const oldest = ['x', 'y'].map((recordId) => entryAt(0, [a1], { recordId }));
    const history = stored([...oldest, ...entries]);
    expect(history.entries).toHaveLength(99);
    expect(history.before).toEqual({ time: second(0), layers: [a1] });
  });

  test('given two lists of the second that goes, then what was before is unknown', () => {
    const oldest = [entryAt(0, [a1], { recordId: 'x' }), entryAt(0, [b1], { recordId: 'y' })];
    const history = stored([...oldest, entryAt(15 * day + 1, [a1])]);
    expect(history.before).toEqual({ time: second(0), layers: undefined });
  });

  test('given an entry that is 15 days older than the newest, then it is kept', () => {
    expect(idsOf(stored([entryAt(0, [a1]), entryAt(15 * day, [])]))).toEqual(['r0', `r${15 * day}`]);
  });

  test('given several entries that are more than 15 days older than the newest, then the last of them leaves its list', () => {
    const history = stored([entryAt(0, [a1]), entryAt(1, [b1]), entryAt(15 * day + 2, [])]);
    expect(idsOf(history)).toEqual([`r${15 * day + 2}`]);
    expect(history.before).toEqual({ time: second(1), layers: [b1] });
  });

  test('given a late entry, then the newest entry decides what is past', () => {
    const history = stored([entryAt(16 * day, [a1]), entryAt(0, [b1])]);
    expect(idsOf(history)).toEqual([`r${16 * day}`]);
  });

  test('given more than 100 entries of one second, then the newest second is never dropped', () => {
    const second1 = range(maxEntries + 1, 1_000).map((number) =>
      entryAt(1, [a1], { recordId: `r${number}` }),
    );
    const history = insertEntry(historyOf(...second1), entryAt(0, [b1])).stored;
    expect(idsOf(history)).toEqual(second1.map(({ recordId }) => recordId));
  });
});

describe('the records that a history keeps', () => {
  const withRecord = (number: number) => entryAt(number, [a1], { record: { eventID: `r${number}` } });
  const kept = ({ entries }: FunctionHistory) =>
    entries.filter(({ record }) => record !== undefined).map(({ recordId }) => recordId);

  test('given more than eight, then the newest eight are kept', () => {
    const history = stored(range(10).map(withRecord));
    expect(kept(history)).toEqual(range(maxKeptRecords, 2).map((number) => `r${number}`));
    expect(history.entries).toHaveLength(10);
  });

  test('given entries without a record among them, then these take no place', () => {
    const history = stored([...range(8).map(withRecord), entryAt(8, [b1]), entryAt(9, [b1])]);
    expect(kept(history)).toEqual(range(8).map((number) => `r${number}`));
  });

  test('given an entry that loses its record, then the rest of it stays', () => {
    const [first] = stored(range(9).map(withRecord)).entries;
    expect(first).toEqual({ ...withRecord(0), record: undefined });
  });
});
