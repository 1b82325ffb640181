import Table from 'cli-table3';
import { contenders, type Score, scoreOf } from '../test/stories/compare';
import { allStories } from '../test/stories/run-story';

const style = { head: [], border: [], compact: true };

/** Prints for each story what would have been notified, against what is wanted; then the sums. */
async function printStories(): Promise<void> {
  const table = new Table({
    head: ['story', 'kind', 'wanted', ...contenders.map(({ name }) => name)],
    style,
  });
  const sums = contenders.map(() => ({ told: 0, missed: 0, needless: 0 }));
  let wanted = 0;
  for (const [file, story] of allStories()) {
    const scores: Score[] = [];
    for (const { tells } of contenders) scores.push(scoreOf(story.steps, await tells(story)));
    for (const [index, score] of scores.entries()) add(sums[index], score);
    const told = story.steps.filter((step) => step.told).length;
    wanted += told;
    table.push([file, story.kind, told, ...scores.map(inWords)]);
  }
  console.log(table.toString());
  const totals = new Table({ head: ['', 'notifications', 'missed', 'needless'], style });
  for (const [index, { name }] of contenders.entries()) {
    const { told = 0, missed = 0, needless = 0 } = sums[index] ?? {};
    totals.push([name, told, missed, needless]);
  }
  console.log(`${allStories().length} stories, ${wanted} notifications wanted`);
  console.log(totals.toString());
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
