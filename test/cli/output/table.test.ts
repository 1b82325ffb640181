import fc from 'fast-check';
import stringWidth from 'string-width';
import { type Column, fitTable, plainTable, tableLines } from '../../../cli/output/table';

const columns: readonly Column[] = [
  { head: 'ID' },
  { head: 'WHAT', leaveOut: 1 },
  { head: 'TARGET', mayShrink: true },
  { head: 'WHO', mayShrink: true, leaveOut: 2 },
];
const cells = (...texts: readonly string[]) => texts.map((text) => ({ text }));

test('given room, then nothing is cut', () => {
  const lines = tableLines(columns, [cells('b779bd22633d', 'notified', 'payments', 'role ci-deploy')], 80);
  expect(lines).toEqual([
    'ID            WHAT      TARGET    WHO',
    'b779bd22633d  notified  payments  role ci-deploy',
  ]);
});

test('given no terminal, then nothing is cut however long it is', () => {
  const long = 'x'.repeat(500);
  expect(tableLines(columns, [cells('1', '2', long, '4')], undefined).join()).toContain(long);
});

describe('given less room', () => {
  const row = cells('b779bd22633d', 'notified', 'a-function-of-a-long-name', 'role of-a-long-name');

  test.each([
    [70, 'b779bd22633d  notified  a-function-of-a-long-name  role of-a-long-name', []],
    [60, 'b779bd22633d  a-function-of-a-long-name  role of-a-long-name', ['WHAT']],
    [50, 'b779bd22633d  a-function-of-a-long-name', ['WHAT', 'WHO']],
    [24, 'b779bd22633d  a-functio…', ['WHAT', 'WHO']],
  ])('of %s columns, then columns are left out, and cut where that is not enough', (width, line, hidden) => {
    const table = fitTable(columns, [row], width);
    expect(table.lines[1]).toBe(line);
    expect(table.hidden).toEqual(hidden);
  });
});

test('given wide characters, then the next column stands below its head', () => {
  expect(
    plainTable(
      ['NAME', 'ID'],
      [
        ['支払い', 1],
        ['pay', 2],
      ],
    ),
  ).toBe('NAME    ID\n支払い  1\npay     2');
});

test('given wide characters and less room, then no character is cut in two', () => {
  const [, line] = tableLines([{ head: 'NAME', mayShrink: true }], [cells('支払い支払い')], 8);
  expect(line).toBe('支払い…');
});

test('given any texts, then no line is longer than the terminal where the least columns fit', () => {
  const text = fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'b', '-', '支', 'é', '👩‍💻') });
  const row = fc.tuple(fc.string({ maxLength: 12, unit: 'grapheme-ascii' }), text, text, text);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), fc.integer({ min: 24, max: 200 }), (rows, width) => {
      const lines = tableLines(
        columns,
        rows.map((texts) => cells(...texts)),
        width,
      );
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    }),
  );
});
