import { type Band, bandOf, isAtLeast, lowestScore } from '../../lambda/detection/band';

test.each<[number, Band]>([
  [0, 'low'],
  [21, 'low'],
  [22, 'medium'],
  [47, 'medium'],
  [48, 'high'],
  [73, 'high'],
  [74, 'critical'],
  [99, 'critical'],
  [120, 'critical'],
])('given a score of %d, then it is %s', (score, band) => {
  expect(bandOf(score)).toBe(band);
});

test.each<[Band, Band, boolean]>([
  ['high', 'medium', true],
  ['high', 'high', true],
  ['high', 'critical', false],
])('given %s and a minimum of %s, then reaching it is %s', (band, minimum, reached) => {
  expect(isAtLeast(band, minimum)).toBe(reached);
});

test.each<[Band, number]>([
  ['low', 0],
  ['medium', 22],
  ['high', 48],
  ['critical', 74],
])('given %s, then its lowest score is %d', (band, score) => {
  expect(lowestScore(band)).toBe(score);
});
