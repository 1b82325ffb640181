import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, type Unzipped, unzipSync } from 'fflate';
import { projectFolder } from '../cli/run-layerwatch';
import { temporaryFolder } from '../harness/temporary-folder';

interface Template {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>
  >;
  readonly Outputs: Readonly<Record<string, unknown>>;
}

const release = (words: readonly string[], cwd: string) =>
  spawnSync(
    process.execPath,
    [
      join(projectFolder, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
      join(projectFolder, 'scripts', 'release.ts'),
      ...words,
    ],
    { cwd, encoding: 'utf8' },
  );

describe('a release', () => {
  let folder: string;
  let written: string;
  let template: Template;

  beforeAll(() => {
    const workingFolder = temporaryFolder();
    writeFileSync(join(workingFolder, 'layerwatch.config.json'), JSON.stringify({ retentionDays: 30 }));
    folder = join(workingFolder, 'release');
    const { status, stdout, stderr } = release([], workingFolder);
    expect([status, stderr.includes('not written')]).toEqual([0, false]);
    written = stdout;
    template = JSON.parse(readFileSync(join(folder, 'Layerwatch.template.json'), 'utf8')) as Template;
  });

  const zips = (): ReadonlyMap<string, Unzipped> =>
    new Map(
      readdirSync(join(folder, 'code')).map((name) => [
        `layerwatch/${name}`,
        unzipSync(readFileSync(join(folder, 'code', name))),
      ]),
    );

  test('given a working folder, then the release is written there', () => {
    expect(written).toContain(`Written: ${folder}\n`);
  });

  test('given its functions, then the code of each is the zip that the template names', () => {
    const code = Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => Properties['Code']);
    expect(code).toEqual(
      code.map(() => ({ S3Bucket: { Ref: 'CodeBucket' }, S3Key: expect.stringMatching(/^layerwatch\/.+/) })),
    );
    expect(new Set(code.map((each) => (each as { S3Key: string }).S3Key))).toEqual(new Set(zips().keys()));
  });

  test('given the configuration of the working folder, then its settings are in each zip', () => {
    for (const files of zips().values())
      expect(JSON.parse(strFromU8(files['settings.json'] ?? new Uint8Array()))).toMatchObject({
        retentionDays: 30,
      });
  });

  test('given its template, then nothing in it needs a bootstrap of the CDK', () => {
    expect(JSON.stringify(template)).not.toMatch(/cdk-hnb659fds|BootstrapVersion/);
  });

  test('given the Terraform module, then it passes the parameters and reads the outputs that the template has', () => {
    const module = readFileSync(join(folder, 'terraform', 'main.tf'), 'utf8');
    const parameters = [...(module.match(/parameters = \{([^}]*)\}/)?.[1] ?? '').matchAll(/^\s*(\w+) *=/gm)];
    const outputs = [...module.matchAll(/\.outputs\["(\w+)"\]/g)];
    expect(parameters.map(([, name]) => name).sort()).toEqual(Object.keys(template.Parameters).sort());
    expect(Object.keys(template.Outputs)).toEqual(expect.arrayContaining(outputs.map(([, name]) => name)));
  });

  test('given a configuration that is wrong, then one sentence names the value', () => {
    const workingFolder = temporaryFolder();
    mkdirSync(join(workingFolder, 'release'));
    writeFileSync(join(workingFolder, 'wrong.json'), JSON.stringify({ retentionDays: 'long' }));
    const { status, stderr } = release(['--config', 'wrong.json'], workingFolder);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^The release is not written:\n.*retentionDays.*long/),
    ]);
  });
});
