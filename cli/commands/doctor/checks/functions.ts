import { createHash } from 'node:crypto';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { at, isObject, property, text } from '../../../../lambda/detection/json';
import { caller } from '../../../aws/caller';
import { s3Client } from '../../../aws/s3';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, type CheckOutcome, failed, ok, redeploy, warning } from '../check';

/** Both functions run the code and the configuration that were deployed, and have no layer. */
export const functionChecks: readonly Check[] = [
  { name: 'detector function', logicalId: 'Detector' },
  { name: 'sweeper function', logicalId: 'Sweeper' },
].map(({ name, logicalId }) => ({ name, run: (stack) => checkFunction(stack, logicalId) }));

async function checkFunction(stack: DeployedStack, logicalId: string): Promise<CheckOutcome> {
  const FunctionName = stack.physicalId('AWS::Lambda::Function', logicalId);
  const now = await new LambdaClient({}).send(new GetFunctionConfigurationCommand({ FunctionName }));
  const template = await templateOf(stack.name);
  const deployed = functionIn(template, logicalId);
  const differences = differencesOf(now, deployed, stack);
  if (differences.length > 0) return failed(`${FunctionName}: ${differences.join('; ')}`, redeploy);
  const sha256 = await deployedSha256(deployed).catch(() => undefined);
  if (sha256 === undefined)
    return warning(
      'configuration as deployed; its code could not be compared',
      'let your role read the bucket of CDK assets',
    );
  if (sha256 !== now.CodeSha256) return failed(`${FunctionName} runs other code than was deployed`, redeploy);
  return ok('code and configuration as deployed, no layers');
}

async function templateOf(StackName: string): Promise<unknown> {
  const { TemplateBody = '{}' } = await new CloudFormationClient({}).send(
    new GetTemplateCommand({ StackName }),
  );
  return JSON.parse(TemplateBody);
}

function functionIn(template: unknown, logicalId: string): unknown {
  const resources = property(template, 'Resources');
  const entry = Object.entries(isObject(resources) ? resources : {}).find(
    ([id, resource]) =>
      id.startsWith(logicalId) && text(property(resource, 'Type')) === 'AWS::Lambda::Function',
  );
  return property(entry?.[1], 'Properties');
}

function differencesOf(
  now: FunctionConfiguration,
  deployed: unknown,
  stack: DeployedStack,
): readonly string[] {
  const simple = (['Runtime', 'Handler', 'MemorySize', 'Timeout'] as const).flatMap((key) => {
    const wanted = text(property(deployed, key));
    return wanted === undefined || String(now[key]) === wanted
      ? []
      : [`${key} is ${now[key]}, deployed as ${wanted}`];
  });
  const layers = (now.Layers ?? []).map(({ Arn }) => `it has layer ${Arn}, which was not deployed`);
  const state = now.State === undefined || now.State === 'Active' ? [] : [`it is ${now.State}`];
  return [...simple, ...layers, ...state, ...environmentDifferences(now, deployed, stack)];
}

/** Names the variables that differ, and no values. */
function environmentDifferences(
  { Environment }: FunctionConfiguration,
  deployed: unknown,
  stack: DeployedStack,
): readonly string[] {
  const wanted = at(deployed, 'Environment', 'Variables');
  const variables = new Map(Object.entries(Environment?.Variables ?? {}));
  const names = Object.keys(isObject(wanted) ? wanted : {});
  const added = [...variables.keys()].filter((name) => !names.includes(name));
  return [
    ...names.flatMap((name) => {
      const value = deployedValue(property(wanted, name), stack);
      return value === undefined || variables.get(name) === value
        ? []
        : [`variable ${name} is not as deployed`];
    }),
    ...added.map((name) => `variable ${name} was not deployed`),
  ];
}

/** A literal, or the name of a resource that the template refers to. Other expressions of a template are not compared. */
function deployedValue(value: unknown, stack: DeployedStack): string | undefined {
  const reference = text(property(value, 'Ref'));
  if (reference === undefined) return text(value);
  return ['AWS::DynamoDB::Table', 'AWS::SNS::Topic', 'AWS::Events::EventBus']
    .map((type) => stack.findPhysicalId(type, reference))
    .find((found) => found !== undefined);
}

async function deployedSha256(deployed: unknown): Promise<string | undefined> {
  const Key = text(at(deployed, 'Code', 'S3Key'));
  const bucket = property(property(deployed, 'Code'), 'S3Bucket');
  const client = s3Client();
  const { account } = await caller();
  const Bucket = (text(property(bucket, 'Fn::Sub')) ?? text(bucket))
    ?.replace(/\$\{AWS::AccountId\}/, account)
    .replace(/\$\{AWS::Region\}/, await client.config.region());
  if (Key === undefined || Bucket === undefined) return undefined;
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  const bytes = await Body?.transformToByteArray();
  return bytes === undefined ? undefined : createHash('sha256').update(bytes).digest('base64');
}
