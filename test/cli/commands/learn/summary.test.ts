import { learnedLine, type Refused, refusedLines } from '../../../../cli/commands/learn/summary';

const refused = (name: string): Refused => ({ kind: 'actor', name, band: 'high', message: 'x' });

test('given more names than a person reads, then the others are counted', () => {
  const lines = refusedLines(
    Array.from({ length: 50 }, (_, index) => refused(`actor-${index}`)),
    undefined,
  );
  expect(lines).toHaveLength(42);
  expect(lines.at(-1)).toBe('and 10 more; --json prints all');
});

test('given a narrow terminal, then each line fits', () => {
  const lines = refusedLines([refused('x'.repeat(200))], 60);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
});

test.each([
  [{}, '0 actors, 0 publishers, 0 layers, 0 countries, and the layers of 0 functions'],
  [
    { actor: 1, publisher: 2, layer: 3, country: 1, history: 1 },
    '1 actor, 2 publishers, 3 layers, 1 country, and the layers of 1 function',
  ],
])('given the counts %j, then they are one sentence', (counts, sentence) => {
  expect(learnedLine(counts)).toBe(sentence);
});
