import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, App, CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { stackName } from '../../lambda/contract';
import { LayerwatchStack } from '../../lib/layerwatch-stack';
import { readStackConfig } from '../../lib/stack-config';
import { asSynthesizer, ReleaseSynthesizer } from './release-synthesizer';
import { zipFolder } from './zip-folder';

const projectFolder = join(__dirname, '..', '..');
const templateName = `${stackName}.template.json`;

export interface ReleaseOptions {
  /** Folder to write; it is created. */
  readonly out: string;
  /** Configuration file; `layerwatch.config.json` of the working folder by default, where there is one. */
  readonly config: string | undefined;
  readonly workingFolder: string;
}

/**
 * Writes a folder from which Layerwatch is deployed without the CDK: a CloudFormation template, the code of the functions with the
 * settings in it, `deploy.sh`, and a Terraform module.
 *
 * @throws {SettingsError} for a configuration that cannot be read or is wrong
 */
export function writeRelease(options: ReleaseOptions): void {
  const assembly = mkdtempSync(join(tmpdir(), 'layerwatch-release-'));
  try {
    const code = synthesize(options, assembly);
    mkdirSync(join(options.out, 'code'), { recursive: true });
    mkdirSync(join(options.out, 'terraform'), { recursive: true });
    for (const { folder, zipName } of code)
      writeFileSync(join(options.out, 'code', zipName), zipFolder(join(assembly, folder)));
    copyFileSync(join(assembly, templateName), join(options.out, templateName));
    copyFileSync(join(__dirname, 'main.tf'), join(options.out, 'terraform', 'main.tf'));
    copyFileSync(join(__dirname, 'deploy.sh'), join(options.out, 'deploy.sh'));
    chmodSync(join(options.out, 'deploy.sh'), 0o755);
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

function synthesize({ config, workingFolder }: ReleaseOptions, assembly: string) {
  const app = new App({ outdir: assembly, analyticsReporting: false, context: { ...cdkContext(), config } });
  const configuration = readStackConfig({
    context: (key) => app.node.tryGetContext(key),
    workingFolder,
    today: new Date().toISOString().slice(0, 10),
  });
  const synthesizer = new ReleaseSynthesizer();
  const stack = new LayerwatchStack(app, stackName, {
    configuration,
    synthesizer: asSynthesizer(synthesizer),
  });
  addEmailParameter(stack);
  app.synth();
  return [...synthesizer.code.values()];
}

/** So that one release serves several accounts with an address each. */
function addEmailParameter(stack: LayerwatchStack): void {
  const email = new CfnParameter(stack, 'AlertEmail', {
    description: 'Address that receives the alerts, beside that of the configuration; empty for none',
    default: '',
  });
  const hasEmail = new CfnCondition(stack, 'HasAlertEmail', {
    expression: Fn.conditionNot(Fn.conditionEquals(email.valueAsString, '')),
  });
  const subscription = new CfnSubscription(stack, 'AlertEmailSubscription', {
    protocol: 'email',
    topicArn: stack.layerwatch.alertTopic.topicArn,
    endpoint: email.valueAsString,
  });
  subscription.cfnOptions.condition = hasEmail;
  Annotations.of(stack).acknowledgeWarning('layerwatch:nobody-subscribed', 'AlertEmail subscribes somebody');
}

/** Feature flags of the CDK that `cdk deploy` reads too, so that both make the same resources. */
function cdkContext(): Readonly<Record<string, unknown>> {
  const file = JSON.parse(readFileSync(join(projectFolder, 'cdk.json'), 'utf8')) as {
    readonly context: Readonly<Record<string, unknown>>;
  };
  return file.context;
}
