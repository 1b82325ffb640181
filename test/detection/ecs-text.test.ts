import { keyword, optionalKeyword } from '../../lambda/detection/ecs-text';

test('given 1,025 characters, then a keyword has the first 1,024', () => {
  expect(keyword(`${'a'.repeat(1_024)}b`)).toBe('a'.repeat(1_024));
});

test('given half a character, then a keyword is well formed', () => {
  expect(keyword('\ud800')).toBe('\ufffd');
});

test('given no text, then there is no keyword', () => {
  expect(optionalKeyword(undefined)).toBeUndefined();
});

test('given a text, then there is a keyword', () => {
  expect(optionalKeyword('a')).toBe('a');
});
