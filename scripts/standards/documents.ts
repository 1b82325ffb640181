import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { looked } from '../../test/fixtures/looked-up';
import { judged } from '../../test/fuzz/properties';
import { mutatedRecord } from '../../test/fuzz/records';
import { allStories, runStory } from '../../test/stories/run-story';

const root = join(__dirname, '..', '..');

/** Findings of one source. */
export interface Documents {
  readonly source: 'samples' | 'look-ups' | 'stories' | 'fuzz';
  readonly documents: readonly FindingDocument[];
}

/**
 * The findings of the sample run, the same with everything that Lambda may say of the function and its layers, those of every story,
 * and those of mutated records: of `cases` of them, the same ones each time.
 */
export async function allDocuments(cases: number): Promise<readonly Documents[]> {
  const samples = sampleDocuments();
  return [
    { source: 'samples', documents: samples },
    { source: 'look-ups', documents: samples.map(looked) },
    { source: 'stories', documents: await storyDocuments() },
    { source: 'fuzz', documents: fuzzDocuments(cases) },
  ];
}

export function sampleDocuments(): readonly FindingDocument[] {
  const command = [join(root, 'bin', 'layerwatch.cjs'), 'replay', 'samples/logs', '--json'];
  const output = execFileSync(process.execPath, [...command, '--config', 'samples/layerwatch.config.json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FindingDocument);
}

export async function storyDocuments(): Promise<readonly FindingDocument[]> {
  const documents: FindingDocument[] = [];
  for (const [, story] of allStories())
    for (const { outcome } of await runStory(story))
      if (outcome.kind === 'alert' && outcome.finding !== undefined) documents.push(outcome.finding);
  return documents;
}

/** Findings as they are written, of records in which some things are not as they should be. */
export function fuzzDocuments(cases: number): readonly FindingDocument[] {
  return fc
    .sample(mutatedRecord, { numRuns: cases, seed: 1 })
    .flatMap((record) => judged(record)?.document ?? [])
    .map((document) => JSON.parse(JSON.stringify(document)) as FindingDocument);
}
