import { CloudFormationClient, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { listStackResources, type StackResources, stackResources } from '../../lambda/aws/stack-resources';
import { escapeForDisplay } from '../../lambda/text/untrusted-text';
import { AwsFailureError, NotDoneError } from '../errors';

/** A deployed stack, whose resources are found by type and the beginning of their logical ids. */
export interface DeployedStack {
  readonly name: string;
  /**
   * Name, ARN or address of the one resource of a type whose logical id begins like this.
   *
   * @throws {NotDoneError} where the stack has none
   */
  readonly physicalId: (type: string, beginning: string) => string;
  /** The same, `undefined` where the stack has none. */
  readonly findPhysicalId: (type: string, beginning: string) => string | undefined;
  readonly resources: StackResources;
}

/** @throws {AwsFailureError} where the stack does not exist */
export async function findStack(name: string): Promise<DeployedStack> {
  return deployedStack(name, await resourcesOf(name));
}

export function deployedStack(name: string, resources: readonly StackResourceSummary[]): DeployedStack {
  const found = stackResources(resources);
  const { find: findPhysicalId } = found;
  const physicalId = (type: string, beginning: string): string => {
    const id = findPhysicalId(type, beginning);
    if (id === undefined)
      throw new NotDoneError(
        `stack ${name} has no ${type} ${beginning}; is it Layerwatch's, and of this version? Deploy it again, or name another with --stack`,
      );
    return id;
  };
  return { name, physicalId, findPhysicalId, resources: found };
}

async function resourcesOf(StackName: string): Promise<readonly StackResourceSummary[]> {
  const client = new CloudFormationClient({});
  try {
    return await listStackResources(client, StackName);
  } catch (error) {
    if (!isMissingStack(error)) throw error;
    throw new AwsFailureError(
      `no stack "${escapeForDisplay(StackName)}" in ${await client.config.region()}. Is it deployed in another region, account or under another name? Pass --region, --profile or --stack.`,
      { cause: error },
    );
  }
}

/** CloudFormation has no error of its own for it. */
export function isMissingStack(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);
}
