import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../cli/run-layerwatch';
import { environmentOf, installNode, supportedNodeVersions } from '../harness/node-versions';
import { temporaryFolder } from '../harness/temporary-folder';

const sample = join(projectFolder, 'samples', 'logs', '2026-10-06-cloudtrail.json');

/** An address at which nothing listens. */
const nowhere = 'http://127.0.0.1:1';

let packageFolder: string;

/** The package as a user installs it, with its dependencies. */
beforeAll(() => {
  packageFolder = temporaryFolder();
  succeed(
    spawnSync('npm', ['pack', '--pack-destination', packageFolder], {
      cwd: projectFolder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  );
  const [tarball = ''] = readdirSync(packageFolder).filter((name) => name.endsWith('.tgz'));
  succeed(
    spawnSync(
      'npm',
      [
        'install',
        '--omit=peer',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        '--prefix',
        packageFolder,
        join(packageFolder, tarball),
      ],
      { cwd: packageFolder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    ),
  );
});

describe.each(supportedNodeVersions)('Node.js %s', (version) => {
  let executable: string;

  beforeAll(async () => {
    executable = await installNode(version);
  });

  const runNode = (words: readonly string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> =>
    spawnSync(executable, words, {
      cwd: projectFolder,
      encoding: 'utf8',
      env: { ...environmentOf(executable), ...env },
      maxBuffer: 64 * 1024 * 1024,
    });

  const runPacked = (words: readonly string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> =>
    runNode([join(packageFolder, 'node_modules', 'layerwatch', 'bin', 'layerwatch.cjs'), ...words], env);

  test('given its executable, then it is of this version', () => {
    expect(runNode(['--version']).stdout.trim()).toBe(`v${version}`);
  });

  test('given the unit lane, then it passes', () => {
    succeed(
      runNode([join('node_modules', 'jest', 'bin', 'jest.js'), '--selectProjects', 'unit', '--silent']),
    );
  });

  test('given npm start, then it prints the alerts of the sample', () => {
    const { stdout } = succeed(
      spawnSync('npm', ['start', '--silent'], {
        cwd: projectFolder,
        encoding: 'utf8',
        env: environmentOf(executable),
      }),
    );
    expect(stdout).toContain('payments');
  });

  test('given the packed command and a folder of logs, then it replays them', () => {
    const folder = join(temporaryFolder(), 'logs');
    mkdirSync(folder);
    for (const number of Array.from({ length: 20 }).keys())
      copyFileSync(sample, join(folder, `${number}.json`));
    expect(succeed(runPacked(['replay', folder])).stderr).toContain('alerts=6');
  });

  test('given the packed command and an unreachable AWS, then it prints one sentence and no warning', () => {
    const { status, stderr } = runPacked(['alerts', '--region', 'eu-west-3'], {
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_ENDPOINT_URL: nowhere,
      AWS_MAX_ATTEMPTS: '1',
    });
    expect([status, stderr]).toEqual([3, expect.stringMatching(/^error: [^\n]+\n$/)]);
  });
});

/** Shows what a process printed where it failed. */
function succeed(result: SpawnSyncReturns<string>): SpawnSyncReturns<string> {
  expect([result.status, result.status === 0 ? '' : `${result.stdout}\n${result.stderr}`]).toEqual([0, '']);
  return result;
}
