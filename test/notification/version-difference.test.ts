import fc from 'fast-check';
import type { FileGroup, LayerDifference } from '../../lambda/detection/context-document';
import { describeDifference } from '../../lambda/notification/version-difference';

const none = { extensions: [], wrappers: [], shadowed: [] };

function differenceOf(groups: readonly FileGroup[], more: Partial<LayerDifference> = {}): LayerDifference {
  return {
    compared_with: 'arn:aws:lambda:eu-west-3:123456789012:layer:utils:3',
    same_archive: false,
    files: { added: 0, changed: 0, removed: 0, unchanged: 0 },
    groups,
    gained: none,
    problem: null,
    ...more,
  };
}

describe('what changed in a layer, for people', () => {
  test('given more files than names, then the rest is counted', () => {
    const group = {
      kind: 'shared-object',
      change: 'changed',
      files: 5,
      names: ['lib/a.so', 'lib/b.so'],
    } as const;
    const files = { added: 0, changed: 5, removed: 0, unchanged: 2 };
    expect(describeDifference(differenceOf([group], { files }))).toBe(
      '0 files added, 5 changed, 0 removed; shared objects changed: lib/a.so, lib/b.so and 3 more',
    );
  });

  test('given a group without names, then it is counted', () => {
    const group = { kind: 'other', change: 'removed', files: 2, names: [] } as const;
    expect(describeDifference(differenceOf([group]))).toContain('; 2 other files removed');
  });

  test('given a library whose place is newly taken, then it is said', () => {
    const group = { kind: 'runtime-library', change: 'added', files: 1, names: ['python/json.py'] } as const;
    expect(
      describeDifference(differenceOf([group], { gained: { ...none, shadowed: ['Python json'] } })),
    ).toContain('; runtime library file added: python/json.py; now takes the place of "Python json"');
  });

  test.each([
    [true, 'the same archive'],
    [false, 'no file differs by name, size and CRC-32, though the archives do'],
    [null, 'no file differs by name, size and CRC-32'],
  ])(
    'given no difference and %s for the same archive, then it claims no more than that',
    (same_archive, words) => {
      expect(describeDifference(differenceOf([], { same_archive }))).toBe(words);
    },
  );

  test('given any names, then it is one visible line of bounded length', () => {
    const names = fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 12 });
    fc.assert(
      fc.property(names, (given) => {
        const group = { kind: 'wrapper', change: 'added', files: 12, names: given } as const;
        const line = describeDifference(differenceOf([group]));
        expect(line).not.toMatch(/[^ -~\u00a1-\u{10ffff}]/u);
        expect(line.length).toBeLessThan(2_000);
      }),
    );
  });
});
