import { execFile, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { countryDatabaseFileNames } from '../../lambda/contract';
import { projectFolder } from '../cli/run-layerwatch';
import { installNode, supportedNodeVersions } from '../harness/node-versions';
import { temporaryFolder } from '../harness/temporary-folder';
import { succeed } from './succeed';

const run = promisify(execFile);

const sample = join(projectFolder, 'samples', 'logs', '2026-10-06-cloudtrail.json');

/** A CDK app as somebody else writes it, in TypeScript. */
const app = `
import { App, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Layerwatch, type Severity } from 'layerwatch';

const stack = new Stack(new App(), 'Security');
const layerwatch = new Layerwatch(stack, 'Watch', {
  configuration: { email: 'security@example.com', retentionDays: 30 },
});
layerwatch.grantReadAlerts(new iam.User(stack, 'Analyst'));
const severity: Severity = 'critical';
new cloudwatch.Alarm(stack, 'CriticalAlert', {
  metric: layerwatch.metricAlerts(severity),
  threshold: 1,
  evaluationPeriods: 1,
});
`;

const configuration = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    skipLibCheck: false,
    types: ['node'],
  },
};

/** `npx layerwatch` downloads the package before it runs. */
const maxPackageBytes = 6_000_000;

/** An address at which nothing listens. */
const nowhere = 'http://127.0.0.1:1';

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>
  >;
}

describe('the package in a new CDK app', () => {
  let folder: string;
  let tarball: string;
  let withoutCdk: boolean;

  const install = (...packages: readonly string[]) =>
    run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    });

  beforeAll(async () => {
    folder = temporaryFolder();
    await run('npm', ['pack', '--pack-destination', folder], {
      cwd: projectFolder,
      maxBuffer: 64 * 1024 * 1024,
    });
    tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
    const { devDependencies } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    const packages = ['aws-cdk-lib', 'constructs', 'typescript', '@types/node'].map(
      (name) => `${name}@${devDependencies[name]}`,
    );
    writeFileSync(join(folder, 'package.json'), '{"name":"somebody-elses-app","private":true}');
    await install(tarball);
    withoutCdk = !existsSync(join(folder, 'node_modules', 'aws-cdk-lib'));
    await install(...packages);
    writeFileSync(join(folder, 'app.ts'), app);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
  });

  const compile = () => run('npx', ['tsc'], { cwd: folder });

  test('given the tarball, then it is smaller than 6 MB', () => {
    expect(statSync(tarball).size).toBeLessThan(maxPackageBytes);
  });

  test('given the package alone, then the CDK is not installed with it', () => {
    expect(withoutCdk).toBe(true);
  });

  test('given its types, then the app compiles in strict mode', async () => {
    await expect(compile()).resolves.toBeDefined();
  });

  test('given a synthesis, then the functions are there with the bundles of the package and the settings of the app', async () => {
    await compile();
    await run(process.execPath, ['app.js'], {
      cwd: folder,
      env: { ...process.env, CDK_OUTDIR: join(folder, 'out') },
    });
    const template = JSON.parse(
      readFileSync(join(folder, 'out', 'Security.template.json'), 'utf8'),
    ) as Template;
    const functions = Object.values(template.Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    );
    expect(functions).toHaveLength(2);
    for (const { Properties } of functions) {
      const { S3Key } = Properties['Code'] as { readonly S3Key: string };
      const asset = join(folder, 'out', `asset.${S3Key.replace('.zip', '')}`);
      expect(existsSync(join(asset, 'index.mjs'))).toBe(true);
      expect(existsSync(join(asset, countryDatabaseFileNames.ipv4))).toBe(true);
      expect(JSON.parse(readFileSync(join(asset, 'settings.json'), 'utf8'))).toMatchObject({
        retentionDays: 30,
      });
    }
  });

  test('given the package, then it is without its sources', () => {
    expect(existsSync(join(folder, 'node_modules', 'layerwatch', 'lambda'))).toBe(false);
  });

  describe.each(supportedNodeVersions)('its command on Node.js %s', (version) => {
    const layerwatch = async (words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      spawnSync(await installNode(version), [command(), ...words], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, ...env },
        maxBuffer: 64 * 1024 * 1024,
      });
    const command = () => join(folder, 'node_modules', 'layerwatch', 'bin', 'layerwatch.cjs');

    test('given no folder, then it replays the sample', async () => {
      expect(succeed(await layerwatch(['replay'])).stdout).toContain('payments');
    });

    test('given a folder of logs, then it replays them', async () => {
      const logs = join(temporaryFolder(), 'logs');
      mkdirSync(logs);
      for (const number of Array.from({ length: 20 }).keys())
        copyFileSync(sample, join(logs, `${number}.json`));
      expect(succeed(await layerwatch(['replay', logs])).stderr).toContain('alerts=6');
    });

    test('given an unreachable AWS, then it prints one sentence and no warning', async () => {
      const { status, stderr } = await layerwatch(['alerts', '--region', 'eu-west-3'], {
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_ENDPOINT_URL: nowhere,
        AWS_MAX_ATTEMPTS: '1',
      });
      expect([status, stderr]).toEqual([3, expect.stringMatching(/^error: [^\n]+\n$/)]);
    });
  });
});
