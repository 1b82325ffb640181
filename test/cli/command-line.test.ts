import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '../../cli/command-line';
import { projectFolder, runLayerwatch } from './run-layerwatch';

const names = buildProgram(() => {}).commands.map((command) => command.name());

test.each(names)('given %s --help, then it shows its options, examples and exit codes', async (name) => {
  const { stdout, exitCode } = await runLayerwatch([name, '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`Usage: layerwatch ${name}`);
  expect(stdout).toContain('Examples:');
  expect(stdout).toMatch(/Exit codes: 0 /);
});

test('given --version, then it is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  expect((await runLayerwatch(['--version'])).stdout.trim()).toBe(version);
});

test.each([
  [['alrts'], /unknown command 'alrts'\n\(Did you mean alerts\?\)/],
  [['alerts', '--limit', '0'], /0 is no number above 0/],
  [['alerts', '--colour'], /unknown option '--colour'/],
  [['close', 'abcdef'], /required option '--reason <TEXT>' not specified/],
  [['completion', 'fish'], /Allowed choices are bash, zsh/],
])('given %j, then it ends with 2 and says what is wrong', async (args, sentence) => {
  const ran = await runLayerwatch(args);
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toMatch(sentence);
});

test('given no credentials, then a command that needs AWS says so in one sentence', async () => {
  const env = {
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
    AWS_PROFILE: '',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'eu-west-3',
  };
  const ran = await runLayerwatch(['alerts'], { env });
  expect(ran.exitCode).toBe(3);
  expect(ran.stderr).toMatch(/^AWS refused: CredentialsProviderError: .+ \(sign in .+\)\n$/);
});
