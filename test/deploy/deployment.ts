import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { stackName } from '../../lambda/contract';
import { type Emulator, startEmulator } from '../harness/emulator';
import { type Invocation, invokeBundle } from '../harness/invoke-bundle';
import { temporaryFolder } from '../harness/temporary-folder';

const run = promisify(execFile);

export const deployedRegion = 'eu-west-3';
/** The account that moto gives to callers it does not know. */
export const deployedAccount = '123456789012';

/** Environment of every AWS client, the CDK's and the detector's alike. */
export function emulatedEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: deployedRegion,
    AWS_DEFAULT_REGION: deployedRegion,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    CDK_DEFAULT_ACCOUNT: deployedAccount,
    CDK_DEFAULT_REGION: deployedRegion,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

/** Runs the real command lines: bootstrap, then deploy as the README says. */
export async function deploy(
  endpoint: string,
  context: Readonly<Record<string, string>> = {},
): Promise<void> {
  await bootstrap(endpoint);
  await cdkDeploy(endpoint, context);
}

export function bootstrap(endpoint: string): Promise<void> {
  return cdk(endpoint, ['bootstrap', `aws://${deployedAccount}/${deployedRegion}`]);
}

/** `more` is for what the emulator needs beyond the README's command. */
export function cdkDeploy(
  endpoint: string,
  context: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): Promise<void> {
  const pairs = Object.entries({ email: 'you@example.com', ...context });
  const settings = pairs.flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return cdk(endpoint, ['deploy', stackName, '--require-approval', 'never', ...settings, ...more]);
}

async function cdk(endpoint: string, words: readonly string[]): Promise<void> {
  const output = temporaryFolder();
  const env = { ...process.env, ...emulatedEnvironment(endpoint), CI: 'true' };
  await run('npx', ['cdk', ...words, '-o', output], { env, maxBuffer: 64 * 1024 * 1024 });
}

export interface Deployed {
  readonly detector: DeployedFunction;
  readonly sweeper: DeployedFunction;
  readonly alertTableName: string;
  readonly stateTableName: string;
  readonly topicArn: string;
  readonly alarmTopicArn: string;
  readonly lifecycleRuleName: string;
  readonly queueUrls: { readonly undeliveredEvents: string; readonly failedEvents: string };
}

export interface DeployedFunction {
  /** Folder that holds the asset of the function. */
  readonly assetFolder: string;
  /** The function's own environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly name: string;
  readonly roleName: string;
}

/** Finds what was deployed through the stack's resources: the emulator leaves outputs empty. */
export async function inspect(endpoint: string): Promise<Deployed> {
  const physical = await physicalIds(endpoint);
  return {
    detector: await inspectFunction(endpoint, physical, 'Detector'),
    sweeper: await inspectFunction(endpoint, physical, 'Sweeper'),
    alertTableName: physical('AWS::DynamoDB::Table', 'TablesAlerts'),
    stateTableName: physical('AWS::DynamoDB::Table', 'TablesState'),
    topicArn: physical('AWS::SNS::Topic', 'Alerts'),
    alarmTopicArn: physical('AWS::SNS::Topic', 'AlarmNotices'),
    lifecycleRuleName: physical('AWS::Events::Rule', 'LayerRuleLifecycle').split('/').at(-1) ?? '',
    queueUrls: {
      undeliveredEvents: physical('AWS::SQS::Queue', 'QueuesUndeliveredEvents'),
      failedEvents: physical('AWS::SQS::Queue', 'QueuesFailedEvents'),
    },
  };
}

async function inspectFunction(
  endpoint: string,
  physical: PhysicalId,
  beginning: string,
): Promise<DeployedFunction> {
  const name = physical('AWS::Lambda::Function', beginning);
  const lambda = new LambdaClient({ endpoint, region: deployedRegion });
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  return {
    assetFolder: await downloadAsset(endpoint, beginning),
    environment: Environment?.Variables ?? {},
    name,
    roleName: physical('AWS::IAM::Role', beginning),
  };
}

type PhysicalId = (type: string, beginning: string) => string;

async function physicalIds(endpoint: string): Promise<PhysicalId> {
  const client = new CloudFormationClient({ endpoint, region: deployedRegion });
  const { StackResources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName: stackName }),
  );
  return (type, beginning) => {
    const found = StackResources.find(
      (resource) => resource.ResourceType === type && resource.LogicalResourceId?.startsWith(beginning),
    );
    if (found?.PhysicalResourceId === undefined) throw new Error(`the stack has no ${type} ${beginning}`);
    return found.PhysicalResourceId;
  };
}

interface Template {
  readonly Resources: Readonly<
    Record<string, { Type: string; Properties?: { Code?: { S3Bucket: unknown; S3Key: string } } }>
  >;
}

/** The bytes that the function was deployed from, out of the emulated bucket. */
async function downloadAsset(endpoint: string, beginning: string): Promise<string> {
  const client = new CloudFormationClient({ endpoint, region: deployedRegion });
  const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName: stackName }));
  const template = JSON.parse(TemplateBody) as Template;
  const found = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(beginning),
  );
  const key = found?.[1].Properties?.Code?.S3Key;
  const bucket = `cdk-hnb659fds-assets-${deployedAccount}-${deployedRegion}`;
  const s3 = new S3Client({ endpoint, region: deployedRegion, forcePathStyle: true });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return unzip((await Body?.transformToByteArray()) ?? new Uint8Array());
}

function unzip(archive: Uint8Array): string {
  const folder = temporaryFolder();
  for (const [name, bytes] of Object.entries(unzipSync(archive))) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return folder;
}

/** An emulator with the stack deployed on it; every client of AWS that is made from now on calls it. */
export async function startDeployment(): Promise<{
  readonly emulator: Emulator;
  readonly deployed: Deployed;
}> {
  Object.assign(process.env, emulatedEnvironment('http://localhost'));
  const emulator = await startEmulator();
  Object.assign(process.env, emulatedEnvironment(emulator.endpoint));
  await deploy(emulator.endpoint);
  return { emulator, deployed: await inspect(emulator.endpoint) };
}

/** Runs a deployed function's own bundle with its own environment. */
export function invokeDeployed(
  endpoint: string,
  { assetFolder, environment, name }: DeployedFunction,
  events: readonly unknown[],
  credentials: Readonly<Record<string, string>> = {},
): Promise<Invocation> {
  const lambdaEnvironment = { ...environment, AWS_LAMBDA_FUNCTION_NAME: name };
  return invokeBundle(
    assetFolder,
    { ...emulatedEnvironment(endpoint), ...lambdaEnvironment, ...credentials },
    events,
  );
}
