import { at } from '../../lambda/detection/json';
import { parseRecord } from '../../lambda/detection/record';
import { matchRule } from '../../lambda/detection/rule';
import { runStory } from './run-story';
import type { Step, Story } from './story';

/** A way to decide; `tells` says of each delivery of a story whether somebody would have been notified. */
export interface Contender {
  readonly name: string;
  readonly tells: (story: Story) => Promise<readonly boolean[]> | readonly boolean[];
}

const onOneRecord = (name: string, fires: (record: unknown) => boolean): Contender => ({
  name,
  tells: ({ steps }) => steps.map(({ record }) => fires(record)),
});

/** What other tools do, each of which looks at one record, and Layerwatch. */
export const contenders: readonly Contender[] = [
  onOneRecord('any configuration update', isMatch),
  onOneRecord('request has layers', (record) => isMatch(record) && hasLayers(record, 'requestParameters')),
  onOneRecord('response has layers', (record) => isMatch(record) && hasLayers(record, 'responseElements')),
  {
    name: 'Layerwatch',
    tells: async (story) => (await runStory(story)).map(({ notifications }) => notifications > 0),
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
  readonly told: number;
  /** Deliveries of which somebody was to be told and nobody was. */
  readonly missed: number;
  /** Deliveries of which somebody was told and nobody wanted to be. */
  readonly needless: number;
}

export function scoreOf(steps: readonly Step[], tells: readonly boolean[]): Score {
  return {
    told: tells.filter(Boolean).length,
    missed: steps.filter((step, index) => step.told && tells[index] !== true).length,
    needless: steps.filter((step, index) => !step.told && tells[index] === true).length,
  };
}
