import {
  at,
  canonicalJson,
  isEmpty,
  isObject,
  parameter,
  property,
  text,
  unwrapped,
} from '../../lambda/detection/json';

describe('an object', () => {
  test.each<[string, unknown, boolean]>([
    ['an object', {}, true],
    ['null', null, false],
    ['a list', [], false],
    ['a text', 'x', false],
    ['nothing', undefined, false],
  ])('given %s, then whether it is one is right', (_, value, expected) => {
    expect(isObject(value)).toBe(expected);
  });
});

describe('a property', () => {
  test.each<[string, unknown, string, unknown]>([
    ['an own property', { a: 1 }, 'a', 1],
    ['an inherited property', {}, 'toString', undefined],
    ['a property of a list', [1], 'length', undefined],
    ['a property of null', null, 'a', undefined],
  ])('given %s, then its value is right', (_, value, key, expected) => {
    expect(property(value, key)).toBe(expected);
  });

  test.each<[string, unknown, unknown]>([
    ['a small first letter', { layerName: 'a' }, 'a'],
    ['a capital first letter', { LayerName: 'b' }, 'b'],
    ['both', { layerName: 'a', LayerName: 'b' }, 'a'],
    ['none', { layername: 'c' }, undefined],
  ])('given a parameter with %s, then its value is right', (_, value, expected) => {
    expect(parameter(value, 'layerName')).toBe(expected);
  });

  test.each<[string, readonly string[], unknown]>([
    ['a path', ['a', 'b'], 1],
    ['a path beyond a value', ['a', 'b', 'c'], undefined],
    ['a path beside the value', ['x', 'b'], undefined],
    ['no path', [], { a: { b: 1 } }],
  ])('given %s, then the value at its end is right', (_, path, expected) => {
    expect(at({ a: { b: 1 } }, ...path)).toEqual(expected);
  });
});

describe('a text of JSON', () => {
  test.each<[string, string | number | undefined, unknown]>([
    ['an object', '{"a":1}', { a: 1 }],
    ['a list', '[1]', [1]],
    ['blanks before', ' \n [1]', [1]],
    ['a number', '1', '1'],
    ['a text with a bracket behind', 'a [1]', 'a [1]'],
    ['what was cut', '{"a":', '{"a":'],
    ['no text', 7, 7],
    ['nothing', undefined, undefined],
  ])('given %s, then it is what it holds, or itself', (_, value, expected) => {
    expect(unwrapped(value)).toEqual(expected);
  });
});

describe('a text', () => {
  test.each<[string, unknown, string | undefined]>([
    ['a text', 'a', 'a'],
    ['a number', 123456789012, '123456789012'],
    ['an empty text', '', undefined],
    ['no finite number', Number.NaN, undefined],
    ['true', true, undefined],
    ['null', null, undefined],
  ])('given %s, then it is read as one, or not', (_, value, expected) => {
    expect(text(value)).toBe(expected);
  });
});

describe('an empty value', () => {
  test.each([undefined, null, '', [], {}])('given %j, then it is empty', (value) => {
    expect(isEmpty(value)).toBe(true);
  });

  test.each([0, false, ' ', [null], { a: undefined }])('given %j, then it is not empty', (value) => {
    expect(isEmpty(value)).toBe(false);
  });
});

describe('JSON with sorted keys', () => {
  test.each<[string, unknown, string]>([
    ['keys in another order', { b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
    ['keys in order', { a: 1, b: 2, c: 3 }, '{"a":1,"b":2,"c":3}'],
    ['a list, whose order counts', [2, 1, { b: 1, a: 2 }], '[2,1,{"a":2,"b":1}]'],
    ['a text', 'a"b', '"a\\"b"'],
    ['null', null, 'null'],
    ['nothing', undefined, 'null'],
    ['nothing in a list', [undefined], '[null]'],
  ])('given %s, then its text is right', (_, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  test.each<[string, unknown, string]>([
    ['objects', { a: { b: { c: 1 } } }, '{"a":{"b":null}}'],
    ['lists', [[[1]]], '[[null]]'],
    ['a value at the depth', { a: { b: 1 } }, '{"a":{"b":1}}'],
  ])('given %s deeper than two levels, then the rest is null', (_, value, expected) => {
    expect(canonicalJson(value, 2)).toBe(expected);
  });
});
