import { plainTable } from '../cli/output/table';
import { contenders, type Score, scoreOf } from '../test/stories/compare';
import { allStories } from '../test/stories/run-story';

/** Prints for each story what would have been notified, against what is wanted; then the sums. */
async function printStories(): Promise<void> {
  const rows: (string | number)[][] = [];
  const sums = contenders.map(() => ({ told: 0, missed: 0, needless: 0 }));
  let wanted = 0;
  for (const [file, story] of allStories()) {
    const scores: Score[] = [];
    for (const { tells } of contenders) scores.push(scoreOf(story.steps, await tells(story)));
    for (const [index, score] of scores.entries()) add(sums[index], score);
    const told = story.steps.filter((step) => step.told).length;
    wanted += told;
    rows.push([file, story.kind, told, ...scores.map(inWords)]);
  }
  console.log(plainTable(['story', 'kind', 'wanted', ...contenders.map(({ name }) => name)], rows));
  const totalRows: (string | number)[][] = [];
  for (const [index, { name }] of contenders.entries()) {
    const { told = 0, missed = 0, needless = 0 } = sums[index] ?? {};
    totalRows.push([name, told, missed, needless]);
  }
  console.log(`${allStories().length} stories, ${wanted} notifications wanted`);
  console.log(plainTable(['', 'notifications', 'missed', 'needless'], totalRows));
}

function add(sum: { told: number; missed: number; needless: number } | undefined, score: Score): void {
  if (sum === undefined) return;
  sum.told += score.told;
  sum.missed += score.missed;
  sum.needless += score.needless;
}

function inWords({ told, missed, needless }: Score): string {
  const notes = [missed > 0 ? `${missed} missed` : '', needless > 0 ? `${needless} needless` : ''].filter(
    Boolean,
  );
  return notes.length === 0 ? String(told) : `${told} (${notes.join(', ')})`;
}

void printStories();
