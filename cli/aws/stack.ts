import {
  CloudFormationClient,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { NotDoneError } from '../errors';

/** A deployed stack, whose resources are known by the beginning of their logical ids. */
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
}

/** @throws where AWS refuses or the stack is not there */
export async function findStack(name: string): Promise<DeployedStack> {
  const resources = await resourcesOf(name);
  const findPhysicalId = (type: string, beginning: string): string | undefined => {
    const ofType = resources.filter(({ ResourceType }) => ResourceType === type);
    const exact = ofType.find(({ LogicalResourceId = '' }) => withoutHash(LogicalResourceId) === beginning);
    const found =
      exact ?? ofType.find(({ LogicalResourceId = '' }) => LogicalResourceId.startsWith(beginning));
    return found?.PhysicalResourceId;
  };
  const physicalId = (type: string, beginning: string): string => {
    const found = findPhysicalId(type, beginning);
    if (found === undefined)
      throw new NotDoneError(
        `stack ${name} has no ${type} ${beginning}; is it Layerwatch's, and of this version? Deploy it again, or name another with --stack`,
      );
    return found;
  };
  return { name, physicalId, findPhysicalId };
}

/** CDK ends a logical id with eight digits of a hash of its path. */
function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

/** DescribeStackResources answers with the first 100 only. */
async function resourcesOf(StackName: string): Promise<readonly StackResourceSummary[]> {
  const client = new CloudFormationClient({});
  const found: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListStackResourcesCommand({ StackName, ...(NextToken === undefined ? {} : { NextToken }) }),
    );
    found.push(...(page.StackResourceSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}
