import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../cli/run-layerwatch';
import { environmentOf, installNode, supportedNodeVersions } from '../harness/node-versions';
import { succeed } from './succeed';

/** What depends on Node.js itself: terminals, files, streams, threads. All other unit tests run on the version of the machine only. */
const foldersThatUseNode = ['cli/output', 'config', 'logs', 'text'].map((folder) => join('test', folder));

describe.each(supportedNodeVersions)('a checkout on Node.js %s', (version) => {
  let executable: string;

  beforeAll(async () => {
    executable = await installNode(version);
  });

  const run = (command: string, words: readonly string[]) =>
    spawnSync(command, words, { cwd: projectFolder, encoding: 'utf8', env: environmentOf(executable) });

  test('given its executable, then it is of this version', () => {
    expect(run(executable, ['--version']).stdout.trim()).toBe(`v${version}`);
  });

  test('given the unit tests of what uses Node.js, then they pass', () => {
    const jest = join('node_modules', 'jest', 'bin', 'jest.js');
    succeed(run(executable, [jest, '--selectProjects', 'unit', '--silent', ...foldersThatUseNode]));
  });

  test('given npm start, then it prints the alerts of the sample', () => {
    expect(succeed(run('npm', ['start', '--silent'])).stdout).toContain('payments');
  });
});
