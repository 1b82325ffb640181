import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
  [['help', 'alrts'], /unknown command 'alrts'\n\(Did you mean alerts\?\)/],
  [['alerts', '--limit', '0'], /0 is no number above 0/],
  [['alerts', '--colour'], /unknown option '--colour'/],
  [['alerts', '--band', 'urgent'], /'urgent' is invalid. Allowed choices are low, medium, high, critical/],
  [['alerts', '--status', 'new'], /Allowed choices are open, acknowledged, closed/],
  [['alerts', '--disposition', 'sent'], /Allowed choices are notify, record, except, withhold/],
  [['close', 'abcdef'], /required option '--reason <TEXT>' not specified/],
  [['completion', 'tcsh'], /Allowed choices are bash, fish, zsh/],
])('given %j, then it ends with 2 and says what is wrong', async (args, sentence) => {
  const ran = await runLayerwatch(args);
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toMatch(sentence);
});

test.each([
  [['help'], 'Usage: layerwatch [options]'],
  [['help', 'help'], 'Usage: layerwatch [options]'],
  [['help', 'alerts'], 'Usage: layerwatch alerts'],
])('given %j, then it prints that help', async (args, usage) => {
  const ran = await runLayerwatch(args);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ran.stdout).toContain(usage);
});

test('given a reader that is gone, then a help ends as done, without a stack trace', async () => {
  const line = `'${process.execPath}' bin/layerwatch.cjs --help | true; echo "exit \${PIPESTATUS[0]}" >&2`;
  const child = spawn('bash', ['-c', line], { cwd: projectFolder, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  await once(child, 'close');
  expect(stderr).toBe('exit 0\n');
});
