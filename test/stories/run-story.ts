import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recordSteps } from '../../lambda/context/steps';
import type { Outcome } from '../../lambda/pipeline/process-record';
import { PipelineHarness } from '../harness/pipeline-harness';
import { addresses } from './actors';
import type { Step, Story } from './story';

/** All stories, by file name. */
export function allStories(): readonly (readonly [string, Story])[] {
  const names = readdirSync(join(__dirname, 'cases')).sort();
  return names.map((name) => {
    const { story } = require(join(__dirname, 'cases', name)) as { story: Story };
    return [name.replace(/\.ts$/, ''), story] as const;
  });
}

export interface Delivery {
  readonly step: Step;
  readonly outcome: Outcome;
  /** How many notifications it gave rise to. */
  readonly notifications: number;
}

/** Runs a story through the pipeline on a database of its own. */
export async function runStory({ settings, steps }: Story): Promise<readonly Delivery[]> {
  const contextSteps = recordSteps({ countryOf: (address) => addresses[address] }, settings?.workingHours);
  const bench = await PipelineHarness.start(settings ?? {}, { contextSteps });
  try {
    const deliveries: Delivery[] = [];
    for (const step of steps) {
      const before = bench.topic.published.length;
      const outcome = await bench.processWithRetries(step.record);
      deliveries.push({ step, outcome, notifications: bench.topic.published.length - before });
    }
    return deliveries;
  } finally {
    await bench.stop();
  }
}
