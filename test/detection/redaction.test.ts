import type { Json } from '../../lambda/detection/json';
import { withoutSecrets } from '../../lambda/detection/redaction';

const half = '\ud800';
const replaced = '\ufffd';

describe('values under names of secrets', () => {
  test.each([
    'variables',
    'location',
    'zipFile',
    'sessionToken',
    'secretAccessKey',
    'password',
    'Authorization',
    'token',
  ])('given %s, then its value is not kept', (name) => {
    expect(withoutSecrets({ code: { [name]: 'secret' } })).toEqual({ code: { [name]: '[not kept]' } });
  });

  test.each<[string, Json]>([
    ['a name', { functionName: 'payments' }],
    ['numbers and flags', { timeout: 3, publish: false, none: null }],
    ['a list', { layers: ['a', 'b'] }],
  ])('given %s, then it is kept', (_, value) => {
    expect(withoutSecrets(value)).toEqual(value);
  });

  test('given nothing, then it is null', () => {
    expect(withoutSecrets(undefined)).toBeNull();
  });

  test('given a secret in a list, then it is not kept', () => {
    expect(withoutSecrets([{ token: 'secret' }])).toEqual([{ token: '[not kept]' }]);
  });
});

describe('an environment', () => {
  test.each(['variables', 'Variables'])('given %s, then their names are kept', (key) => {
    expect(withoutSecrets({ environment: { [key]: { LD_PRELOAD: 'secret' } } })).toEqual({
      environment: { variable_names: ['LD_PRELOAD'] },
    });
  });

  test('given no variables, then it is empty', () => {
    expect(withoutSecrets({ Environment: { other: 'secret' } })).toEqual({ Environment: {} });
  });

  test('given half a character in the name of a variable, then the name is well formed', () => {
    expect(withoutSecrets({ environment: { variables: { [half]: 'x' } } })).toEqual({
      environment: { variable_names: [replaced] },
    });
  });
});

describe('a presigned address', () => {
  const address = 'https://bucket.s3.amazonaws.com/key';
  test.each([
    'X-Amz-Signature=abc',
    'a=1&X-Amz-Security-Token=abc',
    'x-amz-credential=abc',
    'Signature=abc',
    'AWSAccessKeyId=abc',
    'Key-Pair-Id=abc',
  ])('given the query %s, then it is not kept', (query) => {
    expect(withoutSecrets(`${address}?${query}`)).toBe(`${address}?[not kept]`);
  });

  test.each([`${address}?versionId=1`, `${address}?NoSignature=1`, 'Signature=abc'])(
    'given %s, then it is kept',
    (text) => {
      expect(withoutSecrets(text)).toBe(text);
    },
  );
});

describe('hostile text', () => {
  test('given half a character in a value, then the value is well formed', () => {
    expect(withoutSecrets(half)).toBe(replaced);
  });

  test('given half a character in a name, then the name is well formed', () => {
    expect(withoutSecrets({ [half]: 1 })).toEqual({ [replaced]: 1 });
  });

  test.each<[string, Json, Json]>([
    ['an object at the depth', { a: 1 }, { a: 1 }],
    ['an object beyond it', { a: { b: 1 } }, { a: '[nested too deep]' }],
    ['a list beyond it', [[1]], ['[nested too deep]']],
  ])('given %s, then what is deeper is not kept', (_, value, expected) => {
    expect(withoutSecrets(value, 1)).toEqual(expected);
  });
});
