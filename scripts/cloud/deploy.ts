import { join } from 'node:path';
import { CloudError } from './errors';
import { lastLines, runCommand } from './run-command';

const projectFolder = join(__dirname, '..', '..');
const commandLine = join(projectFolder, 'node_modules', 'aws-cdk', 'bin', 'cdk');

export interface Target {
  readonly account: string;
  readonly region: string;
  /** Variables of the AWS clients. */
  readonly environment: Readonly<Record<string, string>>;
  /** Home of the CDK command line, which keeps account ids by access key there, and where it writes assemblies. */
  readonly folder: string;
}

/** `cdk bootstrap`: once for each account and region. */
export async function bootstrap(target: Target): Promise<void> {
  // Away from cdk.json, so that no app is synthesized.
  await cdk(target, ['bootstrap', `aws://${target.account}/${target.region}`], target.folder);
}

/** `cdk deploy STACK -c KEY=VALUE...` as the README has it. Answers with what it prints. */
export function deploy(
  target: Target,
  stack: string,
  context: Readonly<Record<string, string>>,
): Promise<string> {
  const settings = Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return cdk(target, ['deploy', stack, '--require-approval', 'never', ...settings]);
}

/** `cdk destroy STACK`. Answers with what it prints. */
export function destroy(target: Target, stack: string): Promise<string> {
  return cdk(target, ['destroy', stack, '--force']);
}

async function cdk(
  { account, region, environment, folder }: Target,
  words: readonly string[],
  workingFolder = projectFolder,
): Promise<string> {
  const env = {
    ...process.env,
    ...environment,
    HOME: folder,
    CI: 'true',
    CDK_DEFAULT_ACCOUNT: account,
    CDK_DEFAULT_REGION: region,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const command = [commandLine, ...words, '-o', join(folder, 'cdk.out')];
  const { exitCode, output } = await runCommand(process.execPath, command, { env, cwd: workingFolder });
  if (exitCode !== 0) throw new CloudError(`cdk ${words[0]} failed:\n${lastLines(output, 20)}`);
  return output;
}
