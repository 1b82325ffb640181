import { allStories, runStory } from './run-story';

describe('each story ends as it should', () => {
  test.each(allStories())('%s', async (_, story) => {
    const deliveries = await runStory(story);
    const actual = deliveries.map(({ outcome, notifications }) => ({
      notified: notifications,
      change: outcome.kind === 'alert' ? outcome.finding?.layerwatch.change.kind : undefined,
      band: outcome.kind === 'alert' ? outcome.finding?.layerwatch.risk.band : undefined,
    }));
    const wanted = story.steps.map(({ notified, change, band }, index) => ({
      notified: notified ? 1 : 0,
      change,
      band: band ?? actual[index]?.band,
    }));
    expect(actual).toEqual(wanted);
  });

  test('there are attacks and benign ones, forty at least', () => {
    const kinds = allStories().map(([, { kind }]) => kind);
    expect(kinds.length).toBeGreaterThanOrEqual(40);
    expect(new Set(kinds)).toEqual(new Set(['attack', 'benign']));
  });
});
