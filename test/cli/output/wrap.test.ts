import fc from 'fast-check';
import { wrapLine } from '../../../cli/output/wrap';

describe('a line on a terminal', () => {
  test('given more words than fit, then it breaks at a space and is indented below', () => {
    const line = '1. Who owns account 999988887777, and why does this function run its code?';
    expect(wrapLine(line, 42)).toEqual([
      '1. Who owns account 999988887777, and why',
      '  does this function run its code?',
    ]);
  });

  test('given no terminal, then it stays whole', () => {
    expect(wrapLine('a '.repeat(200), undefined)).toHaveLength(1);
  });

  test('given any words, then none is broken and none is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 60 })),
        fc.integer({ min: 40, max: 120 }),
        (parts, width) => {
          const line = parts.join(' ').trim();
          const words = (text: string) => text.split(/ +/).filter((word) => word !== '');
          expect(wrapLine(line, width).flatMap(words)).toEqual(words(line));
        },
      ),
    );
  });
});
