import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockOf, fenced, readPage, recordedBlocks, withBlock } from '../../../scripts/readme/pages';
import { projectFolder } from '../../cli/run-layerwatch';
import { describeWith } from '../../harness/tools';
import { firstAfternoon, type Steps } from './afternoon';
import { steady } from './steady';

const page = 'docs/first-afternoon.md';

describeWith(['python3', 'script'], 'the first afternoon', () => {
  let steps: Steps;
  beforeAll(async () => {
    steps = await firstAfternoon();
    if (process.env['UPDATE_README'] === 'true') update(steps);
  });

  test('given the steps, then the page shows each', () => {
    expect(Object.keys(steps)).toEqual(recordedBlocks[page]);
  });

  test.each(recordedBlocks[page] ?? [])('given the step %s, then the page shows what it prints', (name) => {
    expect(steady(blockOf(readPage(page), name) ?? '')).toBe(steady(fenced(steps[name] ?? '')));
  });
});

function update(steps: Steps): void {
  const text = Object.entries(steps).reduce(
    (written, [name, step]) => withBlock(written, name, fenced(step)),
    readPage(page),
  );
  writeFileSync(join(projectFolder, page), text);
}
