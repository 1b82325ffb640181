import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Types whose names CloudFormation may cut, because the service's limit is short. */
const cutTypes: readonly string[] = [
  'AWS::Events::Rule',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::SQS::Queue',
];

/**
 * Logical ids of the resources below a construct whose names may be cut, as a JSON list. It holds no reference to them, so that a
 * function may have it in its environment and be in the list.
 */
export function ownLogicalIds(scope: IConstruct): string {
  return Lazy.string({
    produce: () => {
      const resources = scope.node.findAll().filter(CfnResource.isCfnResource);
      const cut = resources.filter(({ cfnResourceType }) => cutTypes.includes(cfnResourceType));
      return JSON.stringify(cut.map((resource) => Stack.of(scope).resolve(resource.logicalId)).sort());
    },
  });
}
