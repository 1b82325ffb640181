import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudError } from './errors';

/** The value of one of a stack's outputs. */
export async function outputOf(StackName: string, key: string): Promise<string> {
  const { Stacks = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName }));
  const found = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  if (found === undefined) throw new CloudError(`stack ${StackName} has no output ${key}; deploy it first`);
  return found;
}
