import {
  distinctLists,
  emptyHistory,
  isOfOneSecond,
  sameList,
  secondOf,
} from '../../lambda/detection/history';
import { entryAt } from '../fixtures/history';

describe('a history', () => {
  test('given nothing stored, then nothing is known', () => {
    expect(emptyHistory).toEqual({ entries: [], before: undefined, version: 0 });
  });
});

describe('the second of a time', () => {
  test('given milliseconds, then they are dropped', () => {
    expect(secondOf('2026-10-06T21:14:05.678Z')).toBe('2026-10-06T21:14:05');
  });

  test.each([
    ['2026-10-06T21:14:05.000Z', '2026-10-06T21:14:05.999Z', true],
    ['2026-10-06T21:14:05.999Z', '2026-10-06T21:14:06.000Z', false],
  ])('given entries at %s and %s, then they are of one second: %p', (time, other, isSame) => {
    expect(isOfOneSecond(entryAt(0, [], { time }), entryAt(1, [], { time: other }))).toBe(isSame);
  });
});

describe('two lists', () => {
  test.each([
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['b', 'a'], false],
    [['a', 'b'], ['a'], false],
    [['a'], ['a', 'b'], false],
    [[], [], true],
    [[], undefined, false],
    [undefined, [], false],
    [undefined, undefined, true],
  ])('given %j and %j, then they are the same: %p', (a, b, isSame) => {
    expect(sameList(a, b)).toBe(isSame);
  });

  test('given lists that occur twice, then each stays once, in the order of its first', () => {
    const lists = [['b'], undefined, ['a'], ['b'], undefined, ['a', 'b']];
    expect(distinctLists(lists)).toStrictEqual([['b'], undefined, ['a'], ['a', 'b']]);
  });
});
