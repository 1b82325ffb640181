import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockOf, deployedBlocks, fenced, readPage, withBlock } from '../../scripts/readme/pages';
import { projectFolder } from '../cli/run-layerwatch';
import { describeWith } from '../harness/tools';
import { CommandBench } from './command-bench';
import { Functions } from './functions';
import { readmeOutputs, steady } from './readme-outputs';

describeWith(['moto_server'], 'the pages against a deployed stack', () => {
  let bench: CommandBench;
  let outputs: Readonly<Record<string, string>>;

  beforeAll(async () => {
    bench = await CommandBench.start({ config: 'samples/layerwatch.config.json' });
    outputs = await readmeOutputs(bench, new Functions(bench.deployed.detector.roleName));
    if (process.env['UPDATE_README'] === 'true') update(outputs);
  });
  afterAll(() => bench?.stop());

  test('given the outputs, then a page shows each', () => {
    expect(Object.values(deployedBlocks).flat().sort()).toEqual(Object.keys(outputs).sort());
  });

  test.each(
    Object.entries(deployedBlocks).flatMap(([page, names]) => names.map((name) => [page, name] as const)),
  )('given the commands of %s that block %s belongs to, then they print what it says', (page, name) => {
    expect(steady(blockOf(readPage(page), name) ?? '')).toBe(steady(fenced(outputs[name] ?? '')));
  });
});

function update(outputs: Readonly<Record<string, string>>): void {
  for (const [page, names] of Object.entries(deployedBlocks)) {
    const text = names.reduce(
      (written, name) => withBlock(written, name, fenced(outputs[name] ?? '')),
      readPage(page),
    );
    writeFileSync(join(projectFolder, page), text);
  }
}
