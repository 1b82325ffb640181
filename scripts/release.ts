import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SettingsError } from '../config/schema';
import { errorMessage } from '../lambda/text/format';
import { writeRelease } from './release/write-release';

/** `npm run release`: writes the folder that teams without the CDK deploy from. */
function main(): void {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, out: { type: 'string', default: 'release' } },
  });
  const out = resolve(values.out);
  writeRelease({ out, config: values.config, workingFolder: process.cwd() });
  console.log(`Written: ${out}\nDeploy with ${out}/deploy.sh CODE_BUCKET EMAIL`);
}

try {
  main();
} catch (error) {
  const lines =
    error instanceof SettingsError
      ? error.problems.map(({ text }) => `  - ${text}`)
      : [`  - ${errorMessage(error)}`];
  process.stderr.write(`The release is not written:\n${lines.join('\n')}\n`);
  process.exitCode = 1;
}
