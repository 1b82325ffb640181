import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { codeBundling } from '../../lib/constructs/function-code';
import { LayerwatchStack } from '../../lib/layerwatch-stack';
import { assetFolderOf } from '../../test/harness/asset-folder';
import { check } from './limit';
import { median } from './median';

const runs = 21;

/** Compares the import of the detector's bundle with that of a bare handler that is bundled the same way; answers whether the limit held. */
export function benchBundle(): boolean {
  const app = new App({ outdir: temporaryFolder() });
  new LayerwatchStack(app, 'Layerwatch');
  const bareApp = new App({ outdir: temporaryFolder() });
  new NodejsFunction(new Stack(bareApp, 'Bare'), 'Bare', {
    entry: join(__dirname, 'bare-handler.ts'),
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    projectRoot: join(__dirname, '..', '..'),
    depsLockFilePath: join(__dirname, '..', '..', 'package-lock.json'),
    bundling: codeBundling,
  });
  app.synth();
  bareApp.synth();
  const [detector, bare] = [
    bundleIn(app.outdir, 'Layerwatch', 'Detector'),
    bundleIn(bareApp.outdir, 'Bare', 'Bare'),
  ];
  const ratios = Array.from({ length: runs }, () => importMilliseconds(detector) / importMilliseconds(bare));
  const kilobytes = (file: string) => Math.round(statSync(file).size / 1_000);
  console.log(
    `bundle: ${kilobytes(detector)} kB without the address database; bare handler ${kilobytes(bare)} kB`,
  );
  console.log(`import: processor time, median of ${runs} pairs`);
  return check({ name: 'detector / bare handler', atMost: 1.1 }, median(ratios));
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'layerwatch-bench-'));
}

/** The bundle of the function whose logical id begins like this. */
function bundleIn(outdir: string, stack: string, beginning: string): string {
  return join(assetFolderOf(outdir, stack, beginning), 'index.mjs');
}

const environment = {
  ALERT_TABLE_NAME: 'alerts',
  STATE_TABLE_NAME: 'state',
  ALERT_TOPIC_ARN: 'topic',
  STACK_NAME: 'Layerwatch',
  AWS_REGION: 'eu-west-3',
};

/** Processor time. */
function importMilliseconds(bundle: string): number {
  const script = join(mkdtempSync(join(tmpdir(), 'layerwatch-import-')), 'import.mjs');
  const url = JSON.stringify(pathToFileURL(bundle).href);
  writeFileSync(
    script,
    `const before = process.cpuUsage(); await import(${url});
const { user, system } = process.cpuUsage(before); console.log((user + system) / 1_000);`,
  );
  const output = execFileSync(process.execPath, ['--no-warnings', script], {
    env: environment,
    encoding: 'utf8',
  });
  return Number(output.trim().split('\n').at(-1));
}
