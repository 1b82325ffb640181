import { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** CDK writes `DependsOn` beside references to the same resource, and cfn-lint (W3005) calls that superfluous. */
export function acknowledgeDependsOn(construct: Construct): void {
  for (const child of construct.node.findAll())
    if (CfnResource.isCfnResource(child))
      child.addMetadata('cfn-lint', { config: { ignore_checks: ['W3005'] } });
}
