import {
  type CloudFormationClient,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';

/** Resources of a stack, found by type and by what their logical ids begin with. */
export interface StackResources {
  /** Name, ARN or address of the resource; `undefined` where the stack has none. */
  readonly find: (type: string, beginning: string) => string | undefined;
  /** Full logical id of the same resource. */
  readonly findLogicalId: (type: string, beginning: string) => string | undefined;
  /** Name, ARN or address of the resource with this full logical id. */
  readonly physicalIdOf: (logicalId: string) => string | undefined;
  /** Type of the resource with this full logical id. */
  readonly typeOf: (logicalId: string) => string | undefined;
}

/** DescribeStackResources answers with the first 100 only. */
export async function listStackResources(
  client: CloudFormationClient,
  StackName: string,
): Promise<readonly StackResourceSummary[]> {
  const found: StackResourceSummary[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
    found.push(...StackResourceSummaries);
  return found;
}

/** In a stack of somebody else's app the logical ids of all resources begin with the path of the construct. */
export function stackResources(resources: readonly StackResourceSummary[]): StackResources {
  const path = constructPath(resources);
  const find = (type: string, beginning: string) => {
    const ofType = resources.filter(({ ResourceType }) => ResourceType === type);
    const wanted = `${path}${beginning}`;
    const exact = ofType.find(({ LogicalResourceId = '' }) => withoutHash(LogicalResourceId) === wanted);
    return exact ?? ofType.find(({ LogicalResourceId = '' }) => LogicalResourceId.startsWith(wanted));
  };
  const byLogicalId = (id: string) => resources.find(({ LogicalResourceId }) => LogicalResourceId === id);
  return {
    find: (type, beginning) => find(type, beginning)?.PhysicalResourceId,
    findLogicalId: (type, beginning) => find(type, beginning)?.LogicalResourceId,
    physicalIdOf: (logicalId) => byLogicalId(logicalId)?.PhysicalResourceId,
    typeOf: (logicalId) => byLogicalId(logicalId)?.ResourceType,
  };
}

/** What is before `DetectorFunction`; a stack has one Layerwatch. */
function constructPath(resources: readonly StackResourceSummary[]): string {
  const functions = resources.filter(({ ResourceType }) => ResourceType === 'AWS::Lambda::Function');
  const paths = functions.flatMap(({ LogicalResourceId = '' }) => {
    const path = /^(?<path>.*)DetectorFunction$/.exec(withoutHash(LogicalResourceId))?.groups?.['path'];
    return path === undefined ? [] : [path];
  });
  return paths[0] ?? '';
}

/** CDK ends a logical id with eight digits of a hash of its path. */
function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}
