import { plainTable } from '../cli/output/table';
import { contenders, type Score, scoreOf } from '../test/stories/compare';
import { allStories } from '../test/stories/run-story';

/** Prints for each story what would have been notified, against what is wanted; then the sums. */
async function printStories(): Promise<void> {
  const rows: (string | number)[][] = [];
  const sums = contenders.map(() => ({ notified: 0, falseNegatives: 0, falsePositives: 0 }));
  let wanted = 0;
  for (const [file, story] of allStories()) {
    const scores: Score[] = [];
    for (const { decide } of contenders) scores.push(scoreOf(story.steps, await decide(story)));
    for (const [index, score] of scores.entries()) add(sums[index], score);
    const notified = story.steps.filter((step) => step.notified).length;
    wanted += notified;
    rows.push([file, story.kind, notified, ...scores.map(inWords)]);
  }
  console.log(plainTable(['story', 'kind', 'wanted', ...contenders.map(({ name }) => name)], rows));
  const totalRows: (string | number)[][] = [];
  for (const [index, { name }] of contenders.entries()) {
    const { notified = 0, falseNegatives = 0, falsePositives = 0 } = sums[index] ?? {};
    totalRows.push([name, notified, falseNegatives, falsePositives]);
  }
  console.log(`${allStories().length} stories, ${wanted} notifications wanted`);
  console.log(plainTable(['', 'notifications', 'false negatives', 'false positives'], totalRows));
}

function add(
  sum: { notified: number; falseNegatives: number; falsePositives: number } | undefined,
  score: Score,
): void {
  if (sum === undefined) return;
  sum.notified += score.notified;
  sum.falseNegatives += score.falseNegatives;
  sum.falsePositives += score.falsePositives;
}

function inWords({ notified, falseNegatives, falsePositives }: Score): string {
  const notes = [
    falseNegatives > 0 ? `${falseNegatives} missed` : '',
    falsePositives > 0 ? `${falsePositives} false positives` : '',
  ].filter(Boolean);
  return notes.length === 0 ? String(notified) : `${notified} (${notes.join(', ')})`;
}

void printStories();
