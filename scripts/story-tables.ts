import { contenders, scoreOf } from '../test/stories/compare';
import { allStories, runStory } from '../test/stories/run-story';

/** For each way to decide: how many notifications over all stories, how many falseNegatives, how many falsePositives. */
export async function storyRows(): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  for (const { name, decide } of contenders) {
    const sum = { notified: 0, falseNegatives: 0, falsePositives: 0 };
    for (const [, story] of allStories()) {
      const score = scoreOf(story.steps, await decide(story));
      sum.notified += score.notified;
      sum.falseNegatives += score.falseNegatives;
      sum.falsePositives += score.falsePositives;
    }
    rows.push([name, String(sum.notified), String(sum.falseNegatives), String(sum.falsePositives)]);
  }
  return rows;
}

/** The stories of the risk table, each with band and score of its last call, the worst first. */
export async function riskRows(): Promise<readonly (readonly string[])[]> {
  const rows: { readonly score: number; readonly row: readonly string[] }[] = [];
  for (const [, story] of allStories().filter(([, { inRiskTable }]) => inRiskTable)) {
    const outcome = (await runStory(story)).at(-1)?.outcome;
    if (outcome?.kind !== 'alert' || outcome.finding === undefined) continue;
    const { risk } = outcome.finding.layerwatch;
    const sum = risk.factors
      .map(({ id, points }) => `${points} ${id}`)
      .join(' + ')
      .replaceAll('+ -', '- ');
    rows.push({ score: risk.score, row: [story.name, risk.band, `${risk.score} = ${sum}`] });
  }
  return rows.sort((a, b) => b.score - a.score).map(({ row }) => row);
}
