import { contenders, scoreOf } from '../test/stories/compare';
import { allStories, runStory } from '../test/stories/run-story';

/** For each way to decide: how many notifications over all stories, how many missed, how many needless. */
export async function storyRows(): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  for (const { name, tells } of contenders) {
    const sum = { told: 0, missed: 0, needless: 0 };
    for (const [, story] of allStories()) {
      const score = scoreOf(story.steps, await tells(story));
      sum.told += score.told;
      sum.missed += score.missed;
      sum.needless += score.needless;
    }
    rows.push([name, String(sum.told), String(sum.missed), String(sum.needless)]);
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
