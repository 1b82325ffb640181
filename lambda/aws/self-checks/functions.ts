import {
  GetFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { at, isObject, property, text } from '../../detection/json';

/** A function that EventBridge invokes, as this version deploys it. */
export interface ExpectedFunction {
  readonly name: string;
  /** ARNs of the rules that have to be allowed to invoke it. */
  readonly ruleArns: readonly string[];
  /** ARN of the queue for events on which it failed; `undefined` where it has none. */
  readonly failureQueueArn?: string | undefined;
  readonly retryAttempts: number;
}

/** Why a function does not run as it should, as phrases; none where it does. */
export async function functionProblems(
  client: LambdaClient,
  expected: ExpectedFunction,
): Promise<readonly string[]> {
  return [
    ...(await concurrencyProblems(client, expected)),
    ...(await invokeConfigProblems(client, expected)),
    ...(await permissionProblems(client, expected)),
  ];
}

async function concurrencyProblems(client: LambdaClient, { name }: ExpectedFunction): Promise<string[]> {
  const { ReservedConcurrentExecutions } = await client.send(
    new GetFunctionConcurrencyCommand({ FunctionName: name }),
  );
  return ReservedConcurrentExecutions === 0
    ? [`function ${name} may not run: its reserved concurrency is 0`]
    : [];
}

async function invokeConfigProblems(
  client: LambdaClient,
  { name, failureQueueArn, retryAttempts }: ExpectedFunction,
): Promise<string[]> {
  if (failureQueueArn === undefined) return [];
  const config = await client
    .send(new GetFunctionEventInvokeConfigCommand({ FunctionName: name, Qualifier: '$LATEST' }))
    .catch((error: unknown) => orUndefinedIfMissing(error));
  if (config === undefined) return [`function ${name} has no failure destination and no retries of its own`];
  return [
    ...(config.DestinationConfig?.OnFailure?.Destination === failureQueueArn
      ? []
      : [`failed events of function ${name} do not go to ${failureQueueArn}`]),
    ...(config.MaximumRetryAttempts === undefined || config.MaximumRetryAttempts >= retryAttempts
      ? []
      : [`function ${name} is tried again ${config.MaximumRetryAttempts} times instead of ${retryAttempts}`]),
  ];
}

async function permissionProblems(
  client: LambdaClient,
  { name, ruleArns }: ExpectedFunction,
): Promise<string[]> {
  const answer = await client
    .send(new GetPolicyCommand({ FunctionName: name }))
    .catch((error: unknown) => orUndefinedIfMissing(error));
  const statements = at(JSON.parse(answer?.Policy ?? '{}'), 'Statement');
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [];
  return ruleArns
    .filter((arn) => !list.some((statement) => admits(statement, arn)) || list.some(isDenial))
    .map((arn) => `the policy of function ${name} does not let ${arn} invoke it`);
}

function admits(statement: unknown, ruleArn: string): boolean {
  if (!isObject(statement) || text(statement['Effect']) !== 'Allow') return false;
  const service = text(at(statement, 'Principal', 'Service'));
  const conditions = Object.values(isObject(statement['Condition']) ? statement['Condition'] : {});
  const sources = conditions.map((each) => text(property(each, 'AWS:SourceArn')));
  return service === 'events.amazonaws.com' && (sources.length === 0 || sources.includes(ruleArn));
}

/** Lambda's own calls add no denial. */
function isDenial(statement: unknown): boolean {
  return isObject(statement) && text(statement['Effect']) === 'Deny';
}

function orUndefinedIfMissing(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
  throw error;
}
