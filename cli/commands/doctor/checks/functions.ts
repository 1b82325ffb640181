import { createHash } from 'node:crypto';
import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { s3Client } from '../../../aws/s3';
import type { DeployedStack } from '../../../aws/stack';
import {
  type Check,
  type CheckOutcome,
  failed,
  noTrailBucket,
  ok,
  redeploy,
  skipped,
  warning,
} from '../check';
import { agrees } from '../template/agreement';
import { inside, type TemplateResource, templateResources } from '../template/template';
import { unresolved } from '../template/values';

const functions: readonly { readonly name: string; readonly logicalId: string; readonly absent?: string }[] =
  [
    { name: 'detector function', logicalId: 'Detector' },
    { name: 'sweeper function', logicalId: 'Sweeper' },
    { name: 'log reader function', logicalId: 'LogReader', absent: noTrailBucket },
    { name: 'self-test function', logicalId: 'Selftester', absent: 'not configured (setting selftest)' },
  ];

/** The functions run the code and the configuration that were deployed, under their own roles, and have no layer. */
export const functionChecks: readonly Check[] = functions.map(({ name, logicalId, absent }) => ({
  name,
  run: async (stack) => {
    const isAbsent = stack.findPhysicalId('AWS::Lambda::Function', logicalId) === undefined;
    return isAbsent && absent !== undefined ? skipped(absent) : checkFunction(stack, logicalId);
  },
}));

async function checkFunction(stack: DeployedStack, logicalId: string): Promise<CheckOutcome> {
  const FunctionName = stack.physicalId('AWS::Lambda::Function', logicalId);
  const now = await new LambdaClient({}).send(new GetFunctionConfigurationCommand({ FunctionName }));
  const id = stack.resources.findLogicalId('AWS::Lambda::Function', logicalId);
  const deployed = (await templateResources(stack, 'AWS::Lambda::Function')).find(
    (resource) => resource.logicalId === id,
  );
  const differences = differencesOf(now, deployed?.properties ?? new Map());
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

function differencesOf(
  now: FunctionConfiguration,
  deployed: ReadonlyMap<unknown, unknown>,
): readonly string[] {
  const simple = (['Runtime', 'Handler', 'MemorySize', 'Timeout', 'Role'] as const).flatMap((key) => {
    const wanted = deployed.get(key);
    return wanted === undefined || agrees(now[key], wanted)
      ? []
      : [`${key} is ${now[key]}, deployed as ${String(wanted)}`];
  });
  const layers = (now.Layers ?? []).map(({ Arn }) => `it has layer ${Arn}, which was not deployed`);
  const state = now.State === undefined || now.State === 'Active' ? [] : [`it is ${now.State}`];
  return [...simple, ...layers, ...state, ...environmentDifferences(now, deployed)];
}

/** Names the variables that differ, and no values. */
function environmentDifferences(
  { Environment }: FunctionConfiguration,
  deployed: ReadonlyMap<unknown, unknown>,
): readonly string[] {
  if (Environment?.Error !== undefined)
    return [`its variables cannot be read: ${Environment.Error.ErrorCode ?? 'unknown error'}`];
  const wanted = inside(deployed, 'Environment', 'Variables');
  const expected = new Map(wanted instanceof Map ? wanted : []);
  const variables = new Map(Object.entries(Environment?.Variables ?? {}));
  return [
    ...[...expected].flatMap(([name, value]) =>
      agrees(variables.get(String(name)) ?? '', value) ? [] : [`variable ${name} is not as deployed`],
    ),
    ...[...variables.keys()]
      .filter((name) => !expected.has(name))
      .map((name) => `variable ${name} was not deployed`),
  ];
}

async function deployedSha256(deployed: TemplateResource | undefined): Promise<string | undefined> {
  const [Key, Bucket] = ['S3Key', 'S3Bucket'].map((key) => inside(deployed?.properties, 'Code', key));
  if (Key === unresolved || Bucket === unresolved || Key === undefined || Bucket === undefined)
    return undefined;
  const { Body } = await s3Client().send(new GetObjectCommand({ Bucket: String(Bucket), Key: String(Key) }));
  const bytes = await Body?.transformToByteArray();
  return bytes === undefined ? undefined : createHash('sha256').update(bytes).digest('base64');
}
