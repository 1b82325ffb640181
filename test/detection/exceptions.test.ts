import fc from 'fast-check';
import { type ExceptionFacts, exceptionFor, fitsWildcard } from '../../lambda/detection/exceptions';
import type { Exception } from '../../lambda/detection/settings';
import { account, layerVersion, region } from '../fixtures/records';

describe('a pattern with wildcards', () => {
  test.each([
    ['ci-deploy', 'ci-deploy', true],
    ['ci-deploy', 'ci-deploy2', false],
    ['ci-deploy', 'CI-deploy', false],
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['ci-*', 'ci-', true],
    ['ci-*', 'xci-deploy', false],
    ['*-deploy', 'ci-deploy', true],
    ['*-deploy', 'ci-deploys', false],
    ['a*b', 'ab', true],
    ['ab*bc', 'abc', false],
    ['ab*bc', 'abbc', true],
    ['a*m*z', 'a-m-z', true],
    ['a*m*z', 'amz', true],
    ['a*m*z', 'a-z', false],
    ['am*m*z', 'amz', false],
    ['a*m*mz', 'amz', false],
    ['*m*n*', 'm-n', true],
    ['*m*n*', 'n-m', false],
    ['*aa*aa*', 'aaa', false],
    ['*aa*aa*', 'aaaa', true],
    ['a**b', 'a-b', true],
    ['a.c', 'abc', false],
    ['[a]*', 'a', false],
  ])('given %j and the text %j, then it fits: %p', (pattern, value, fits) => {
    expect(fitsWildcard(pattern, value)).toBe(fits);
  });

  test('given any pattern and text, then they fit as a regular expression with the wildcards says', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 });
    const value = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 });
    fc.assert(
      fc.property(letters, value, (pattern, text) => {
        const expression = new RegExp(`^${pattern.join('').replaceAll('*', '.*')}$`);
        expect(fitsWildcard(pattern.join(''), text.join(''))).toBe(expression.test(text.join('')));
      }),
    );
  });
});

describe('the exception for a call', () => {
  const [agent, other] = [layerVersion('agent', 7), layerVersion('other', 1)];
  const facts: ExceptionFacts = {
    principal: `arn:aws:iam::${account}:role/ci-deploy`,
    account,
    region,
    functionName: 'payments',
    layers: [agent],
  };
  const nothing: ExceptionFacts = {
    principal: undefined,
    account: undefined,
    region: undefined,
    functionName: undefined,
    layers: [],
  };

  function exception(conditions: Partial<Exception>): Exception {
    return {
      name: 'agent',
      owner: 'platform@example.com',
      reason: 'rollout',
      expires: '2026-10-06',
      ...conditions,
    };
  }

  function isExcepted(conditions: Partial<Exception>, given = facts): boolean {
    return exceptionFor(given, [exception(conditions)], '2026-10-06') !== undefined;
  }

  const conditions = [
    ['principal', '*/ci-deploy', '*/ci-release'],
    ['account', account, '210987654321'],
    ['region', 'eu-*', 'us-*'],
    ['function', 'pay*', 'pay'],
    ['layer', agent, other],
  ] as const;

  test.each(conditions)(
    'given a condition on the %s alone that holds, then the call is excepted',
    (key, fitting) => {
      expect(isExcepted({ [key]: fitting })).toBe(true);
    },
  );

  test.each(conditions)(
    'given a condition on the %s alone that does not hold, then it is not',
    (key, _, unfitting) => {
      expect(isExcepted({ [key]: unfitting })).toBe(false);
    },
  );

  test.each(conditions)(
    'given that only the %s of all conditions does not hold, then it is not',
    (key, _, unfitting) => {
      const all = Object.fromEntries(conditions.map(([each, fitting]) => [each, fitting]));
      expect(isExcepted(all)).toBe(true);
      expect(isExcepted({ ...all, [key]: unfitting })).toBe(false);
    },
  );

  test.each(conditions)(
    'given a condition on the %s and a call that does not say it, then it is not',
    (key) => {
      expect(isExcepted({ [key]: '*' }, nothing)).toBe(false);
    },
  );

  test('given no condition, then nothing is excepted', () => {
    expect(isExcepted({})).toBe(false);
  });

  test.each([
    ['2026-10-05', false],
    ['2026-10-06', true],
    ['2026-10-07', true],
  ])('given one that expires on %s, then on 2026-10-06 it holds: %p', (expires, holds) => {
    expect(isExcepted({ expires, account })).toBe(holds);
  });

  test.each([
    ['each is the layer', true, agent, [agent, agent]],
    ['one is another', false, agent, [agent, other]],
    ['one is another version', false, agent, [layerVersion('agent', 8)]],
    ['the pattern names no version', true, agent.slice(0, -2), [agent, layerVersion('agent', 8)]],
    ['the pattern ends as the name does', true, '*:layer:agent', [agent]],
  ])('given new layers of which %s, then the call is excepted: %p', (_, isExpected, layer, layers) => {
    expect(isExcepted({ layer }, { ...facts, layers })).toBe(isExpected);
  });

  test('given several exceptions that hold, then the first counts', () => {
    const [expired, first, second] = [
      exception({ name: 'expired', account, expires: '2026-10-05' }),
      exception({ name: 'first', account }),
      exception({ name: 'second', account }),
    ];
    expect(exceptionFor(facts, [expired, first, second], '2026-10-06')).toBe(first);
  });
});
