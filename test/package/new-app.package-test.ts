import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { countryDatabaseFileNames } from '../../lambda/contract';
import { projectFolder } from '../cli/run-layerwatch';
import { temporaryFolder } from '../harness/temporary-folder';

const run = promisify(execFile);

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

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>
  >;
}

describe('the package in a new CDK app', () => {
  let folder: string;
  let tarball: string;

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
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...packages], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    });
    writeFileSync(join(folder, 'app.ts'), app);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
  });

  const compile = () => run('npx', ['tsc'], { cwd: folder });

  test('given the tarball, then it is smaller than 6 MB', () => {
    expect(statSync(tarball).size).toBeLessThan(maxPackageBytes);
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

  test('given the package, then its command line runs without its sources', async () => {
    const { stdout } = await run('npx', ['layerwatch', 'replay'], { cwd: folder });
    expect(stdout).toContain('payments');
    expect(existsSync(join(folder, 'node_modules', 'layerwatch', 'lambda'))).toBe(false);
  });
});
