import { App, type AppProps, Stage, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SettingsError } from '../config/schema';
import { stackName } from '../lambda/contract';
import { forwarderName } from '../lambda/detection/forwarded-pattern';
import { LayerwatchStack } from './layerwatch-stack';
import { ForwarderStack } from './organization/forwarder-stack';
import { readStackConfig } from './stack-config';

export interface LayerwatchAppProps extends AppProps {
  /**
   * Folder that holds the configuration file.
   *
   * @default - the working folder
   */
  readonly workingFolder?: string;
}

/**
 * The app: its stack, the forwarder for member accounts of an organization, and the policy checks that stop a synthesis. The stacks name
 * neither account nor region, so that one template serves all of them.
 *
 * @throws {SettingsError} for a configuration that cannot be read or is wrong
 */
export function createApp({ workingFolder, ...props }: LayerwatchAppProps = {}): App {
  const app = new App({ autoSynth: false, ...props });
  const configuration = readStackConfig({
    context: (key) => app.node.tryGetContext(key),
    workingFolder: workingFolder ?? process.cwd(),
    today: new Date().toISOString().slice(0, 10),
    region: process.env['CDK_DEFAULT_REGION'],
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new LayerwatchStack(app, stackName, { configuration });
  // In a stage of its own, because `cdk deploy` without a name deploys the stacks of the app itself only.
  new ForwarderStack(new Stage(app, 'Organization'), forwarderName);
  return app;
}

/** Synthesizes. Settings that are refused are printed as a list without a stack trace, which would hide it. */
export function synthesize(props: LayerwatchAppProps = {}): void {
  try {
    createApp(props).synth();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const problems = error.problems.map((problem) => `  - ${problem.text}`);
    process.stderr.write(`The configuration is refused:\n${problems.join('\n')}\n`);
    process.exitCode = 1;
  }
}
