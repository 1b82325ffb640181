import { mapTexts } from '../../lambda/detection/map-texts';

const upper = (text: string) => text.toUpperCase();

test.each<[string, unknown, unknown]>([
  ['a text', 'a', 'A'],
  ['an object', { a: 'b', n: 1, z: null }, { a: 'B', n: 1, z: null }],
  ['a list', ['a', 1, null], ['A', 1, null]],
  ['an object in a list', { list: [{ a: 'b' }] }, { list: [{ a: 'B' }] }],
])('given %s, then each text is changed and all else is as it was', (_, value, expected) => {
  expect(mapTexts(value, upper)).toEqual(expected);
});

test.each<[string, unknown]>([
  ['an object', { a: { b: 'C' } }],
  ['a list', ['A', 1]],
  ['null', null],
  ['a number', 7],
])('given %s without a text to change, then it is the value itself', (_, value) => {
  expect(mapTexts(value, upper)).toBe(value);
});

test('given a list, then the copy is a list', () => {
  expect(Array.isArray(mapTexts(['a'], upper))).toBe(true);
});
