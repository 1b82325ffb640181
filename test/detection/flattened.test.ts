import { flattenedObject } from '../../lambda/detection/flattened';
import type { Json } from '../../lambda/detection/json';

test.each<[string, Json]>([
  ['null', null],
  ['a list', ['a']],
  ['an empty object', {}],
])('given %s, then there is no field', (_, value) => {
  expect(flattenedObject(value)).toBeUndefined();
});

test('given an object, then its values stay, at any depth', () => {
  const value = { a: { b: [{ c: 'x' }, 1, null] }, flag: true };
  expect(flattenedObject(value)).toEqual(value);
});

test.each(['', '1a', 'a b', 'a\0', `a${'b'.repeat(128)}`, ' a'])(
  'given the name %j, which no parameter of AWS has, then it is left out',
  (name) => {
    expect(flattenedObject({ [name]: 1, kept: 2 })).toEqual({ kept: 2 });
  },
);

test.each(['a', 'Z9', 'aws:tag/x_y-z', `a${'b'.repeat(127)}`])(
  'given the name %j, then it is kept',
  (name) => {
    expect(flattenedObject({ [name]: 1 })).toEqual({ [name]: 1 });
  },
);

test('given a long text, then its first 8,191 characters are kept', () => {
  expect(flattenedObject({ a: `${'x'.repeat(8_191)}y` })).toEqual({ a: 'x'.repeat(8_191) });
});

test('given half a character, then the text is well formed', () => {
  expect(flattenedObject({ a: '\ud800' })).toEqual({ a: '\ufffd' });
});
