import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';

/** A deployed stack, whose resources are known by the beginning of their logical ids. */
export interface DeployedStack {
  /**
   * Name, ARN or address of the one resource of a type whose logical id begins like this.
   *
   * @throws where the stack has none
   */
  readonly physicalId: (type: string, beginning: string) => string;
}

/** @throws where AWS refuses or the stack is not there */
export async function findStack(name: string): Promise<DeployedStack> {
  const client = new CloudFormationClient({});
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: name }));
  return {
    physicalId: (type, beginning) => {
      const found = StackResources.find(
        ({ ResourceType, LogicalResourceId }) =>
          ResourceType === type && LogicalResourceId?.startsWith(beginning),
      );
      if (found?.PhysicalResourceId === undefined)
        throw new Error(`stack ${name} has no ${type} ${beginning}; is it of this version of Layerwatch?`);
      return found.PhysicalResourceId;
    },
  };
}
