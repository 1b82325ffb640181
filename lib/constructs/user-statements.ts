import { ArnFormat, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { alertTable, stateTable } from '../../lambda/contract';
import type { ExportSettings } from './function-props';
import { allow, stackArn, throughServices } from './role-statements';

/** What the commands of people call. */
export interface CommandTargets {
  readonly scope: IConstruct;
  readonly alerts: dynamodb.ITable;
  readonly state: dynamodb.ITable;
  readonly detector: lambda.IFunction;
  /** Absent where no trail's bucket is read. */
  readonly logReader: lambda.IFunction | undefined;
  readonly functions: readonly lambda.IFunction[];
  readonly topics: readonly sns.ITopic[];
  /** Queues from which `redrive` takes messages. */
  readonly deadLetterQueues: readonly sqs.IQueue[];
  readonly exports: ExportSettings;
}

/** `alerts`, `show`, `open`, `where` and `report`. */
export function readStatements(targets: CommandTargets): iam.PolicyStatement[] {
  return [
    allow(['cloudformation:ListStackResources'], [stackArn(targets.scope)]),
    ...alertStatements(targets),
    ...layerUseStatements(targets),
  ];
}

/** Which functions have a layer. */
function layerUseStatements({ state: { tableArn } }: CommandTargets): iam.PolicyStatement[] {
  return [
    allow(['dynamodb:BatchGetItem'], [tableArn]),
    allow(['dynamodb:Query'], [`${tableArn}/index/${stateTable.indexes.byLayer.name}`]),
  ];
}

/** The alerts themselves, for programs that know the table. */
export function alertStatements(targets: CommandTargets): iam.PolicyStatement[] {
  const { tableArn } = targets.alerts;
  const indexes = Object.values(alertTable.indexes).map(({ name }) => `${tableArn}/index/${name}`);
  return [
    allow(['dynamodb:GetItem', 'dynamodb:Query'], [tableArn, ...indexes]),
    ...keyStatement(targets, ['kms:Decrypt'], ['dynamodb']),
  ];
}

/** The same, and `ack`, `close`, `reopen` and `assign`. With exports the decision goes there with the caller's permissions. */
export function triageStatements(targets: CommandTargets): iam.PolicyStatement[] {
  const { securityHub, findingsBusArn } = targets.exports;
  const product = Stack.of(targets.scope).formatArn({
    service: 'securityhub',
    resource: 'product',
    resourceName: `${Stack.of(targets.scope).account}/default`,
  });
  return [
    ...readStatements(targets),
    allow(['dynamodb:PutItem'], [targets.alerts.tableArn]),
    ...keyStatement(targets, ['kms:Encrypt', 'kms:GenerateDataKey'], ['dynamodb']),
    allow(['lambda:GetFunctionConfiguration'], [targets.detector.functionArn]),
    ...(securityHub === true ? [allow(['securityhub:BatchImportFindings'], [product])] : []),
    ...(findingsBusArn === undefined ? [] : [allow(['events:PutEvents'], [findingsBusArn])]),
  ];
}

/** What may be restored. */
export interface RestoreOptions {
  /**
   * Functions whose layers may be set to what they were, as ARNs with `*` as wildcard.
   *
   * @default - every function of the account and region
   */
  readonly functionArns?: readonly string[];

  /**
   * Layers whose published versions may be deleted, as ARNs with `*` as wildcard.
   *
   * @default - every layer of the account and region
   */
  readonly layerArns?: readonly string[];
}

/** The same as for triage, and `restore`. Lambda checks that the caller may read each layer of a list (UpdateFunctionConfiguration). */
export function restoreStatements(
  targets: CommandTargets,
  { functionArns, layerArns }: RestoreOptions,
): iam.PolicyStatement[] {
  const { partition, region } = Stack.of(targets.scope);
  return [
    ...triageStatements(targets),
    allow(
      ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
      [...(functionArns ?? [lambdaArn(targets.scope, 'function', '*')])],
    ),
    allow(['lambda:GetLayerVersion'], [`arn:${partition}:lambda:${region}:*:layer:*`]),
    allow(['lambda:DeleteLayerVersion'], [...(layerArns ?? [lambdaArn(targets.scope, 'layer', '*')])]),
    allow(['lambda:ListFunctions'], ['*']),
  ];
}

/** `redrive`. */
export function redriveStatements(targets: CommandTargets): iam.PolicyStatement[] {
  const { detector, logReader, deadLetterQueues } = targets;
  return [
    allow(['cloudformation:ListStackResources'], [stackArn(targets.scope)]),
    allow(
      ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
      deadLetterQueues.map(({ queueArn }) => queueArn),
    ),
    allow(
      ['lambda:InvokeFunction'],
      [detector, logReader].flatMap((each) => each?.functionArn ?? []),
    ),
    ...keyStatement(targets, ['kms:Decrypt'], ['sqs']),
  ];
}

/** `init` and `learn`: the event history is read, and what it teaches is written into the state. */
export function learnStatements(targets: CommandTargets): iam.PolicyStatement[] {
  return [
    allow(['cloudformation:ListStackResources'], [stackArn(targets.scope)]),
    allow(['cloudtrail:LookupEvents'], ['*']),
    allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], [targets.state.tableArn]),
    ...keyStatement(targets, ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], ['dynamodb']),
  ];
}

/** `alerts`, `show`, `open`, `report` and `doctor`: everything is read, and nothing is changed. */
export function auditStatements(targets: CommandTargets): iam.PolicyStatement[] {
  const { scope, alerts, state, functions, topics, deadLetterQueues } = targets;
  const stack = Stack.of(scope);
  const key = alerts.encryptionKey;
  return [
    ...readStatements(targets),
    allow(['cloudformation:GetTemplate'], [stackArn(scope)]),
    allow(
      [
        'cloudtrail:DescribeTrails',
        'cloudtrail:GetEventSelectors',
        'cloudtrail:GetTrailStatus',
        'cloudwatch:DescribeAlarms',
        'lambda:GetEventSourceMapping',
      ],
      ['*'],
    ),
    allow(
      ['events:DescribeRule', 'events:ListTargetsByRule'],
      [stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' })],
    ),
    allow(
      [
        'lambda:GetFunctionConcurrency',
        'lambda:GetFunctionConfiguration',
        'lambda:GetFunctionEventInvokeConfig',
        'lambda:GetPolicy',
      ],
      functions.map(({ functionArn }) => functionArn),
    ),
    allow(
      ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
      functions.flatMap(({ role }) => role?.roleArn ?? []),
    ),
    allow(
      ['dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTable', 'dynamodb:DescribeTimeToLive'],
      [alerts.tableArn, state.tableArn],
    ),
    allow(['dynamodb:GetItem'], [state.tableArn]),
    allow(
      ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic'],
      topics.map(({ topicArn }) => topicArn),
    ),
    // A subscription's ARN begins with its topic's.
    allow(
      ['sns:GetSubscriptionAttributes'],
      topics.map(({ topicArn }) => `${topicArn}:*`),
    ),
    allow(
      ['sqs:GetQueueAttributes'],
      deadLetterQueues.map(({ queueArn }) => queueArn),
    ),
    // The code that was deployed, to compare it with the code that runs.
    allow(['s3:GetObject'], [`${assetsBucketArn(stack)}/*`]),
    ...(key === undefined ? [] : [allow(['kms:DescribeKey', 'kms:GetKeyPolicy'], [key.keyArn])]),
  ];
}

/** The bucket that `cdk bootstrap` made. */
function assetsBucketArn(stack: Stack): string {
  const qualifier = stack.synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  const resource = `cdk-${qualifier}-assets-${stack.account}-${stack.region}`;
  return stack.formatArn({ service: 's3', region: '', account: '', resource });
}

function lambdaArn(scope: IConstruct, resource: 'function' | 'layer', resourceName: string): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return Stack.of(scope).formatArn({ service: 'lambda', resource, resourceName, arnFormat });
}

function keyStatement(
  { scope, alerts }: CommandTargets,
  actions: string[],
  services: readonly string[],
): iam.PolicyStatement[] {
  const key = alerts.encryptionKey;
  const { region } = Stack.of(scope);
  return key === undefined ? [] : [allow(actions, [key.keyArn], throughServices(services, region))];
}
