import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStackConfig } from '../../../../lib/stack-config';
import { temporaryFolder } from '../../../harness/temporary-folder';
import { runLayerwatch } from '../../run-layerwatch';

const fileName = 'layerwatch.config.json';
let folder: string;
let count = 0;
const root = temporaryFolder();
beforeEach(() => {
  folder = join(root, String(++count));
  mkdirSync(folder);
});

const init = (...args: readonly string[]) => runLayerwatch(['init', ...args], { folder });
const written = (name = fileName) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown;
const given = (configuration: unknown, name = fileName) =>
  writeFileSync(join(folder, name), JSON.stringify(configuration));

describe('init without a terminal', () => {
  test('given answers as options, then the CDK app reads them', async () => {
    await init('--yes', '--email', 'security@example.com', '--slack', 'T0123ABCD/C0123ABCD');
    const today = '2026-11-25';
    expect(readStackConfig({ context: () => undefined, workingFolder: folder, today })).toEqual({
      email: 'security@example.com',
      slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
    });
  });

  test('given a new file, then the file and three commands are printed', async () => {
    const { stdout, exitCode } = await init('--yes', '--email', 'security@example.com');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        'layerwatch.config.json:',
        '{',
        '  "email": "security@example.com"',
        '}',
        '',
        'Next:',
        '  npx cdk deploy         then confirm the subscription that the email asks for',
        '  npx layerwatch learn   what the last 90 days would have alerted, and what they teach',
        '  npx layerwatch doctor  whether a layer change would be seen and notified',
        '',
      ].join('\n'),
    );
  });

  test('given neither a terminal nor --yes, then nothing is written', async () => {
    const { exitCode, stderr } = await init('--email', 'security@example.com');
    expect([exitCode, readdirSync(folder)]).toEqual([2, []]);
    expect(stderr).toBe('error: there is no terminal to ask on; pass --yes, and the answers as options\n');
  });

  test('given no way to notify anybody, then a warning says so', async () => {
    const { stderr } = await init('--yes');
    expect(stderr).toContain('warning: without email and slack nobody is notified');
  });

  test.each([
    ['--email', 'security'],
    ['--slack', 'T0123ABCD'],
    ['--working-hours', 'always'],
    ['--deployer', 'ci-deploy'],
  ])('given %s %s, then it is refused and nothing is written', async (option, value) => {
    const { exitCode, stderr } = await init('--yes', option, value);
    expect([exitCode, readdirSync(folder)]).toEqual([2, []]);
    expect(stderr).toContain(JSON.stringify(value));
  });
});

describe('init and a file that exists', () => {
  const before = { trustedAccounts: ['210987654321'], email: 'old@example.com' };

  test('given no --force, then the file stays', async () => {
    given(before);
    const { exitCode, stderr } = await init('--yes', '--email', 'new@example.com');
    expect([exitCode, written()]).toEqual([1, before]);
    expect(stderr).toContain('error: layerwatch.config.json exists; pass --force to change it\n');
  });

  test('given --force, then the other keys stay', async () => {
    given(before);
    await init('--yes', '--force', '--email', 'new@example.com');
    expect(written()).toEqual({ ...before, email: 'new@example.com' });
  });

  test('given a change, then what changes is printed first', async () => {
    given(before);
    const { stdout } = await init('--yes', '--email', 'new@example.com');
    expect(stdout).toBe(
      'layerwatch.config.json, what changes:\n-   "email": "old@example.com"\n+   "email": "new@example.com"\n',
    );
  });

  test('given what the file says already, then nothing is written', async () => {
    given(before);
    const { exitCode, stderr } = await init('--yes', '--email', 'old@example.com');
    expect([exitCode, stderr]).toEqual([
      0,
      'layerwatch.config.json says all of this already; nothing was written\n',
    ]);
  });

  test('given none as an answer, then the key is left out', async () => {
    given(before);
    await init('--yes', '--force', '--email', 'none');
    expect(written()).toEqual({ trustedAccounts: ['210987654321'] });
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['an unknown key', '{"emails":"x"}'],
  ])('given %s in it, then it is refused and stays', async (_, text) => {
    writeFileSync(join(folder, fileName), text);
    const { exitCode } = await init('--yes', '--force', '--email', 'new@example.com');
    expect([exitCode, readFileSync(join(folder, fileName), 'utf8')]).toEqual([2, text]);
  });

  test('given a file named in cdk.json, then that one is written and named in the next commands', async () => {
    given({ context: { config: 'watch.json' } }, 'cdk.json');
    const { stdout } = await init('--yes', '--email', 'new@example.com', '--region', 'eu-west-3');
    expect(written('watch.json')).toEqual({ email: 'new@example.com' });
    expect(stdout).toContain('AWS_REGION=eu-west-3 npx cdk deploy -c config=watch.json ');
  });

  test('given a folder that does not exist, then one sentence says so', async () => {
    const { exitCode, stderr } = await init('--yes', '--config', 'nothing/watch.json');
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('error: nothing/watch.json cannot be written: ENOENT'),
    ]);
  });
});
