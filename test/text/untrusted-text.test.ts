import fc from 'fast-check';
import { displayName, escapeForDisplay, quoted } from '../../lambda/text/untrusted-text';

const anyText = fc.string({ unit: 'binary', maxLength: 400 });
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 })
  .map((units) => String.fromCharCode(...units));

describe('hostile text', () => {
  test.each([
    ['a line break', 'a\nWho      root', 'a\\u{a}Who      root'],
    ['a carriage return', 'a\rb', 'a\\u{d}b'],
    ['a tab', 'a\tb', 'a\\u{9}b'],
    ['NUL', 'a\u0000b', 'a\\u{0}b'],
    ['a terminal escape', '\u001b[2Ka', '\\u{1b}[2Ka'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['NEL', 'a\u0085b', 'a\\u{85}b'],
    ['an override of the direction', 'a\u202eb', 'a\\u{202e}b'],
    ['an isolate', 'a\u2066b', 'a\\u{2066}b'],
    ['letters that run from right to left', 'a\u05d0b', 'a\\u{5d0}b'],
    ['zero width', 'pay\u200bments', 'pay\\u{200b}ments'],
    ['a byte order mark', '\ufeffa', '\\u{feff}a'],
    ['a soft hyphen', 'a\u00adb', 'a\\u{ad}b'],
    ['a no-break space', 'a\u00a0b', 'a\\u{a0}b'],
    ['a filler letter', 'a\u3164b', 'a\\u{3164}b'],
    ['a blank of Braille', 'a\u2800b', 'a\\u{2800}b'],
    ['a variation selector', 'a\ufe0fb', 'a\\u{fe0f}b'],
    ['a tag', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['the half of a character', 'a\ud800b', 'a\\u{d800}b'],
    ['stacked marks', `a${'\u0301'.repeat(4)}`, 'a\u0301\u0301\\u{301}\\u{301}'],
    ['letters of other scripts', 'größe, 数', 'größe, 数'],
  ])('given %s, then it is seen', (_, text, shown) => {
    expect(escapeForDisplay(text)).toBe(shown);
  });

  test('given a long text, then it is cut and its length is said', () => {
    expect(escapeForDisplay('x'.repeat(250_000), 10)).toBe('xxxxxxxxxx... (250000 characters)');
  });

  test('given a text that grows by being shown, then no escape is cut in two', () => {
    expect(escapeForDisplay('\u202e'.repeat(8), 20)).toBe('\\u{202e}\\u{202e}... (8 characters)');
  });

  test.each([anyText, anyUnits])(
    'given any text, then one line of visible characters comes of it',
    (text) => {
      fc.assert(
        fc.property(text, (value) => {
          const shown = escapeForDisplay(value);
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          expect(shown.length).toBeLessThan(350);
          expect(escapeForDisplay(shown, 400)).toBe(shown);
        }),
      );
    },
  );

  test.each([anyText, anyUnits])('given any text in quotes, then nothing in it closes them', (text) => {
    fc.assert(fc.property(text, (value) => expect(quoted(value).slice(1, -1)).not.toContain('"')));
  });

  test.each([
    ['ci-deploy', 'ci-deploy'],
    ['eve@example.com', 'eve@example.com'],
    ['', '""'],
    ['ci, with MFA', '"ci, with MFA"'],
    ['a" b', '"a\\u{22} b"'],
    ['-dash', '"-dash"'],
  ])('given the name %j, then in words it is %s', (name, words) => {
    expect(displayName(name)).toBe(words);
  });
});
