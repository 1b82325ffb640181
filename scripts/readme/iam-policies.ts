import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { deployedStack } from '../../cli/aws/stack';
import { resolved } from '../../cli/commands/doctor/template/values';
import { stackName } from '../../lambda/contract';
import { Layerwatch } from '../../lib';
import { plain } from '../../test/harness/plain';

/** Account and region of the policies on the page. */
const account = '123456789012';
const region = 'eu-west-3';

export interface Policy {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: unknown;
  }[];
}

/** What each role of `docs/iam.md` is granted by the construct. */
const grants: Readonly<Record<string, (layerwatch: Layerwatch, grantee: iam.IGrantable) => void>> = {
  analyst: (layerwatch, grantee) => layerwatch.grantTriage(grantee),
  responder: (layerwatch, grantee) => {
    layerwatch.grantRestore(grantee);
    layerwatch.grantRedrive(grantee);
  },
  auditor: (layerwatch, grantee) => layerwatch.grantRead(grantee),
  learner: (layerwatch, grantee) => layerwatch.grantLearn(grantee),
};

/** The CDK deploys with the roles that `cdk bootstrap` made (bootstrap template, default qualifier). */
const deployer: Policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: ['deploy', 'file-publishing', 'lookup'].map(
        (name) => `arn:aws:iam::${account}:role/cdk-hnb659fds-${name}-role-${account}-${region}`,
      ),
    },
  ],
};

/** The policies by role, for a stack of the default name and configuration. */
export function iamPolicies(): ReadonlyMap<string, Policy> {
  return new Map([
    ...Object.entries(grants).map(([role, grant]) => [role, policyOf(grant)] as const),
    ['deployer', deployer] as const,
  ]);
}

function policyOf(grant: (layerwatch: Layerwatch, grantee: iam.IGrantable) => void): Policy {
  const context = { 'aws:cdk:bundling-stacks': [], '@aws-cdk/aws-iam:minimizePolicies': true };
  const app = new App({ context, builtinCloudFormationValidation: false });
  const stack = new Stack(app, stackName);
  const layerwatch = new Layerwatch(stack, 'Layerwatch', {
    configuration: { email: 'security@example.com' },
  });
  grant(layerwatch, new iam.User(stack, 'Person'));
  const template = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  };
  const written = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::IAM::Policy');
  return named(written?.Properties?.['PolicyDocument'], template.Resources);
}

/** The policy with the names that CloudFormation gives, whose random end is a wildcard. */
function named(document: unknown, resources: Readonly<Record<string, { Type: string }>>): Policy {
  const summaries = Object.entries(resources).map(([LogicalResourceId, { Type: ResourceType }]) => ({
    LogicalResourceId,
    ResourceType,
    PhysicalResourceId: physicalId(LogicalResourceId, ResourceType),
    LastUpdatedTimestamp: undefined,
    ResourceStatus: undefined,
  }));
  return plain(resolved(document, deployedStack(stackName, summaries))) as Policy;
}

function physicalId(logicalId: string, type: string): string {
  const name = `${stackName}-${logicalId.replace(/^Layerwatch/, '').replace(/[0-9A-F]{8}$/, '')}*`;
  if (type === 'AWS::SQS::Queue') return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  return type === 'AWS::SNS::Topic' ? `arn:aws:sns:${region}:${account}:${name}` : name;
}
