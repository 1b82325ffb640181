import { at } from '../../lambda/detection/json';
import { parseRecord } from '../../lambda/detection/record';
import { matchRule } from '../../lambda/detection/rule';
import { runStory } from './run-story';
import type { Step, Story } from './story';

/** A way to decide; `decide` says of each delivery of a story whether somebody would have been notified. */
export interface Contender {
  readonly name: string;
  readonly decide: (story: Story) => Promise<readonly boolean[]> | readonly boolean[];
}

const onOneRecord = (name: string, fires: (record: unknown) => boolean): Contender => ({
  name,
  decide: ({ steps }) => steps.map(({ record }) => fires(record)),
});

/** What other tools do, each of which looks at one record, and Layerwatch. */
export const contenders: readonly Contender[] = [
  onOneRecord('any configuration update', isMatch),
  onOneRecord('request has layers', (record) => isMatch(record) && hasLayers(record, 'requestParameters')),
  onOneRecord('response has layers', (record) => isMatch(record) && hasLayers(record, 'responseElements')),
  {
    name: 'Layerwatch',
    decide: async (story) => (await runStory(story)).map(({ notifications }) => notifications > 0),
  },
];

function isMatch(value: unknown): boolean {
  const parsed = parseRecord(value);
  return parsed.kind === 'record' && matchRule(parsed.record).matched;
}

function hasLayers(record: unknown, where: string): boolean {
  const layers = at(record, where, 'layers');
  return Array.isArray(layers) && layers.length > 0;
}

export interface Score {
  readonly notified: number;
  /** Deliveries of which people were to be notified and were not. */
  readonly falseNegatives: number;
  /** Deliveries of which people were notified and were not to be. */
  readonly falsePositives: number;
}

export function scoreOf(steps: readonly Step[], decide: readonly boolean[]): Score {
  return {
    notified: decide.filter(Boolean).length,
    falseNegatives: steps.filter((step, index) => step.notified && decide[index] !== true).length,
    falsePositives: steps.filter((step, index) => !step.notified && decide[index] === true).length,
  };
}
