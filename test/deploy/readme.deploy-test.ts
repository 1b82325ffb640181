import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../cli/run-layerwatch';
import { describeWith } from '../harness/tools';
import { CommandBench } from './command-bench';
import { Functions } from './functions';
import { readmeOutputs, steady } from './readme-outputs';

const file = join(projectFolder, 'README.md');

describeWith(['moto_server'], 'the README against a deployed stack', () => {
  let bench: CommandBench;
  let outputs: Readonly<Record<string, string>>;

  beforeAll(async () => {
    bench = await CommandBench.start({ config: 'samples/layerwatch.config.json' });
    outputs = await readmeOutputs(bench, new Functions(bench.deployed.detector.roleName));
    if (process.env['UPDATE_README'] === 'true') update(outputs);
  });
  afterAll(() => bench?.stop());

  test('given the commands that it shows, then they print what it says', () => {
    for (const [name, output] of Object.entries(outputs))
      expect([name, steady(blockOf(name))]).toEqual([name, steady(output)]);
  });
});

const place = (name: string) =>
  new RegExp(`(<!-- deployed: ${name} -->\n+\`\`\`text\n)([\\s\\S]*?)(\n\`\`\`\n)`);

function blockOf(name: string): string {
  return place(name).exec(readFileSync(file, 'utf8'))?.[2] ?? 'the README has no such block';
}

function update(outputs: Readonly<Record<string, string>>): void {
  const readme = Object.entries(outputs).reduce(
    (text, [name, output]) =>
      text.replace(place(name), (_, before: string, __, after: string) => `${before}${output}${after}`),
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, readme);
}
