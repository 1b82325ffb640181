import { allPages, proseOf, textOf } from './pages';

/** Words of older texts, each with the term of the field that took its place. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/\b(?:told|tells?|telling)\b/i, 'notified, reports'],
  [/\bmend\w*\b/i, 'fix'],
  [/\bwhoever\b/i, 'the person who'],
  [/\bheeded\b/i, 'honoured'],
  [/\bneedless\b/i, 'false positive'],
  [/\bhand(?:s|ed)? (?:on|over)\b/i, 'forward, send, invoke'],
  [/\b(?:takes?|taken) off\b/i, 'remove'],
  [/\b(?:puts?) back\b/i, 'restore'],
  [/\blooks? through\b/i, 'scan, read'],
  [/\bgo(?:es)? on\b/i, 'resume'],
];

/** Prose without code and without what programs print. */
function ownWordsOf(page: string): string {
  const withoutBlocks = textOf(page).replace(/<!-- begin: [\s\S]*?<!-- end: /g, '');
  return proseOf(withoutBlocks).replace(/`[^`\n]*`/g, '');
}

test.each(replacements)('given the word %s, then no page uses it instead of %s', (word) => {
  const lines = allPages.flatMap((page) =>
    ownWordsOf(page)
      .split('\n')
      .filter((line) => word.test(line))
      .map((line) => `${page}: ${line}`),
  );
  expect(lines).toEqual([]);
});
