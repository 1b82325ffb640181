import { join } from 'node:path';
import { runCommand } from '../../scripts/cloud/run-command';
import { projectFolder } from '../cli/run-layerwatch';
import { isInstalled } from '../harness/tools';

const withTerraform = isInstalled('terraform') ? test : test.skip;

withTerraform(
  'given the Terraform module, then Terraform reads it and would format it as it is',
  async () => {
    const words = ['fmt', '-check', '-diff', join(projectFolder, 'scripts', 'release', 'main.tf')];
    const { exitCode, output } = await runCommand('terraform', words);
    expect([exitCode, exitCode === 0 ? '' : output]).toEqual([0, '']);
  },
);
