import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alertTable, selftestLayerPrefix, stateTable } from '../../lambda/contract';
import { memberRoleName } from '../../lambda/detection/forwarded-pattern';
import type { DetectionSettings, TrailBucketSettings } from '../../lambda/detection/settings';
import type { ExportSettings, LoggedFunctionProps } from './function-props';
import { allow, stackArn, tableKeyStatement, throughServices } from './role-statements';
import type { TrailQueues } from './trail-queues';

interface DetectorAccess extends LoggedFunctionProps {
  readonly failureQueue: sqs.IQueue;
}

/**
 * All that the detector may do, in one list. The policy is part of the role, so that it is in force before Lambda
 * checks at deployment whether the role may send to the failure queue.
 */
export function detectorRole(scope: Construct, access: DetectorAccess): iam.Role {
  const own = allow(['sqs:SendMessage'], [access.failureQueue.queueArn]);
  return roleOf(scope, 'Detector', access, [own], []);
}

interface LogReaderAccess extends LoggedFunctionProps {
  readonly trail: TrailBucketSettings;
  readonly queues: TrailQueues;
}

/** All that the log reader may do: what the detector may, and read the trail's objects. */
export function logReaderRole(scope: Construct, access: LogReaderAccess): iam.Role {
  const { trail, queues } = access;
  const stack = Stack.of(scope);
  const bucketArn = stack.formatArn({ service: 's3', region: '', account: '', resource: trail.bucket });
  const folder = trail.prefix === undefined ? 'AWSLogs' : `${trail.prefix}/AWSLogs`;
  const own = [
    allow(['s3:GetObject'], [`${bucketArn}/${folder}/*`]),
    // Without it S3 says of an object that is gone that access to it is denied (GetObject).
    allow(['s3:ListBucket'], [bucketArn], { StringLike: { 's3:prefix': `${folder}/*` } }),
    allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [queues.objects.queueArn],
    ),
    ...(trail.keyArn === undefined
      ? []
      : [allow(['kms:Decrypt'], [trail.keyArn], throughServices(['s3'], '*'))]),
  ];
  const acknowledged = {
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${trail.bucket}/${folder}/*]`,
    reason: 'The objects of the trail, which CloudTrail names; this only reads',
  };
  return roleOf(scope, 'LogReader', access, own, [acknowledged]);
}

/** All that the sweeper may do: what the detector may, and list the calls and functions that events bring to the detector. */
export function sweeperRole(scope: Construct, access: LoggedFunctionProps): iam.Role {
  const { alerts } = access.tables;
  const own = [
    allow(['dynamodb:Query'], [`${alerts.tableArn}/index/${alertTable.indexes.undelivered.name}`]),
    allow(['cloudtrail:LookupEvents', 'lambda:ListFunctions'], ['*']),
    ...selfCheckStatements(scope, access),
    ...accountStatements(access),
  ];
  const acknowledged = {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason:
      'lambda:ListFunctions, cloudtrail:LookupEvents and DescribeTrails support no resource, and a trail may be of any name; these only read',
  };
  const rules = {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/*]',
    reason:
      'The rules of the stack refer to the functions, so that the role cannot refer to the rules; these only read',
  };
  const ownStack = {
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/${Stack.of(scope).stackName}/*]`,
    reason: 'The stack itself, whose id is not part of its name; this only lists',
  };
  return roleOf(scope, 'Sweeper', access, own, [acknowledged, rules, ownStack]);
}

/** To see that a trail logs, that topics have subscribers, and that functions and rules are as they were deployed. */
function selfCheckStatements(scope: Construct, access: LoggedFunctionProps): iam.PolicyStatement[] {
  const stack = Stack.of(scope);
  const topics = [access.topic, access.alarmTopic, ...(access.routeTopics?.values() ?? [])];
  const functions = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const rules = stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' });
  return [
    allow(['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'], ['*']),
    allow(
      ['sns:GetTopicAttributes'],
      topics.map(({ topicArn }) => topicArn),
    ),
    allow(['lambda:GetFunctionConcurrency', 'lambda:GetFunctionEventInvokeConfig'], [functions]),
    allow(['events:DescribeRule', 'events:ListTargetsByRule'], [rules]),
    allow(['cloudformation:ListStackResources'], [stackArn(scope)]),
  ];
}

function accountStatements({
  settings: { organization },
  tables,
}: LoggedFunctionProps): iam.PolicyStatement[] {
  if (organization?.readAccounts !== true) return [];
  return [
    allow(['organizations:ListAccounts'], ['*']),
    allow(['dynamodb:BatchWriteItem'], [tables.state.tableArn]),
  ];
}

/** All that the self-test may do: publish and delete layers of its own names, find and close their alerts. */
export function selftesterRole(scope: Construct, access: LoggedFunctionProps): iam.Role {
  const { tables, logGroup, encryptionKey } = access;
  const stack = Stack.of(scope);
  const layers = stack.formatArn({
    service: 'lambda',
    resource: 'layer',
    resourceName: `${selftestLayerPrefix}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const statements = [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    allow(['lambda:PublishLayerVersion', 'lambda:DeleteLayerVersion'], [layers]),
    allow(['dynamodb:Query'], [`${tables.alerts.tableArn}/index/${alertTable.indexes.byTarget.name}`]),
    allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [tables.alerts.tableArn]),
    allow(['dynamodb:PutItem'], [tables.state.tableArn]),
    ...(encryptionKey === undefined ? [] : [tableKeyStatement(encryptionKey, stack.region)]),
  ];
  const role = new iam.Role(scope, 'Role', {
    description: 'What the Layerwatch self-test may do',
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Selftester: new iam.PolicyDocument({ statements }) },
  });
  Validations.of(role).acknowledge({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:layer:${selftestLayerPrefix}*]`,
    reason: 'Each run publishes a layer of a name of its own',
  });
  return role;
}

function roleOf(
  scope: Construct,
  name: string,
  access: LoggedFunctionProps,
  own: iam.PolicyStatement[],
  acknowledged: { readonly id: string; readonly reason: string }[],
): iam.Role {
  const statements = [...pipelineStatements(scope, access), ...own];
  const role = new iam.Role(scope, 'Role', {
    description: `What the Layerwatch ${name.toLowerCase()} may do`,
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { [name]: new iam.PolicyDocument({ statements }) },
  });
  const lambda = 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:lambda';
  Validations.of(role).acknowledge(
    {
      id: `${lambda}:<AWS::Region>:<AWS::AccountId>:function:*]`,
      reason: 'An alert may be about any function; these only read',
    },
    {
      id: `${lambda}:*:*:layer:*]`,
      reason: 'An alert may be about a layer of any account and region; this only reads',
    },
    ...acknowledged,
  );
  if (access.settings.organization?.externalId !== undefined)
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iam::*:role/${memberRoleName}]`,
      reason: 'The role of this name in any account of the organization, which only reads',
    });
  return role;
}

/** What the pipeline needs. */
function pipelineStatements(scope: Construct, access: LoggedFunctionProps): iam.PolicyStatement[] {
  const { tables, topic, logGroup, encryptionKey } = access;
  const { region } = Stack.of(scope);
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    allow(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      [tables.alerts.tableArn, tables.state.tableArn],
    ),
    allow(['dynamodb:BatchGetItem'], [tables.state.tableArn]),
    // What names the functions of a layer, and nothing else that is remembered.
    allow(['dynamodb:DeleteItem'], [tables.state.tableArn], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${stateTable.layerUserKeyPrefix}*`] },
    }),
    allow(['dynamodb:Query'], [`${tables.state.tableArn}/index/${stateTable.indexes.byLayer.name}`]),
    ...lookUpStatements(Stack.of(scope)),
    ...memberStatements(Stack.of(scope), access.settings),
    ...exportStatements(Stack.of(scope), access.exports),
    allow(
      ['sns:Publish'],
      [topic, ...(access.routeTopics?.values() ?? [])].map(({ topicArn }) => topicArn),
    ),
    ...(encryptionKey === undefined
      ? []
      : [
          tableKeyStatement(encryptionKey, region),
          allow(
            ['kms:Decrypt', 'kms:GenerateDataKey'],
            [encryptionKey.keyArn],
            throughServices(['sns', 'sqs'], region),
          ),
        ]),
  ];
}

/** To import findings of the own product, and to put events on the bus that was named. */
function exportStatements(
  stack: Stack,
  { securityHub, findingsBusArn }: ExportSettings = {},
): iam.PolicyStatement[] {
  const product = stack.formatArn({
    service: 'securityhub',
    resource: 'product',
    resourceName: `${stack.account}/default`,
  });
  return [
    ...(securityHub === true ? [allow(['securityhub:BatchImportFindings'], [product])] : []),
    ...(findingsBusArn === undefined ? [] : [allow(['events:PutEvents'], [findingsBusArn])]),
  ];
}

/** An alert may be about a function of any member account, and the role there only reads. */
function memberStatements(stack: Stack, { organization }: DetectionSettings): iam.PolicyStatement[] {
  if (organization?.externalId === undefined) return [];
  const role = { service: 'iam', region: '', account: '*', resource: 'role', resourceName: memberRoleName };
  return [allow(['sts:AssumeRole'], [stack.formatArn(role)])];
}

/** Reading alone: any function may be the one that was changed, and a layer may be of any account and region. */
function lookUpStatements(stack: Stack): iam.PolicyStatement[] {
  const arn = (region: string, account: string, resource: string) =>
    stack.formatArn({
      service: 'lambda',
      region,
      account,
      resource,
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return [
    allow(
      ['lambda:GetFunctionConfiguration', 'lambda:GetPolicy', 'lambda:ListAliases'],
      [arn(stack.region, stack.account, 'function')],
    ),
    allow(['lambda:GetLayerVersion'], [arn('*', '*', 'layer')]),
  ];
}
