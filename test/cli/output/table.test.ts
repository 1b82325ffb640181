import fc from 'fast-check';
import { type Column, tableLines } from '../../../cli/output/table';

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

test('given less room, then what may shrink gives way, then columns are left out in their order', () => {
  const row = cells('b779bd22633d', 'notified', 'a-function-of-a-long-name', 'role of-a-long-name');
  expect(tableLines(columns, [row], 50)[1]).toBe('b779bd22633d  notified  a-function-…  role of-a-l…');
  expect(tableLines(columns, [row], 36)[0]).toMatch(/^ID +TARGET +WHO$/);
  expect(tableLines(columns, [row], 24)[0]).toMatch(/^ID +TARGET$/);
});

test('given any texts, then no line is longer than the terminal where the least columns fit', () => {
  const text = fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'b', '-') });
  const row = fc.tuple(fc.string({ maxLength: 12, unit: 'grapheme-ascii' }), text, text, text);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), fc.integer({ min: 24, max: 200 }), (rows, width) => {
      const lines = tableLines(
        columns,
        rows.map((texts) => cells(...texts)),
        width,
      );
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }),
  );
});
