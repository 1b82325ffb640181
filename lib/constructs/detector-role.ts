import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { AlertTables } from './alert-tables';

interface DetectorAccess {
  readonly tables: AlertTables;
  readonly topic: sns.ITopic;
  readonly failureQueue: sqs.IQueue;
  readonly logGroup: logs.ILogGroup;
  readonly encryptionKey?: kms.IKey | undefined;
}

/**
 * All that the detector may do, in one list. The policy is part of the role, so that it is in force before Lambda
 * checks at deployment whether the role may send to the failure queue.
 */
export function detectorRole(scope: Construct, access: DetectorAccess): iam.Role {
  return new iam.Role(scope, 'Role', {
    description: 'What the Layerwatch detector may do',
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Detector: new iam.PolicyDocument({ statements: statements(scope, access) }) },
  });
}

function statements(scope: Construct, access: DetectorAccess): iam.PolicyStatement[] {
  const { tables, topic, failureQueue, logGroup, encryptionKey } = access;
  const region = Stack.of(scope).region;
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    allow(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      [tables.alerts.tableArn, tables.state.tableArn],
    ),
    allow(['sns:Publish'], [topic.topicArn]),
    allow(['sqs:SendMessage'], [failureQueue.queueArn]),
    ...(encryptionKey === undefined ? [] : keyStatements(encryptionKey, region)),
  ];
}

/** A key's use is allowed through the services only; grants on tables, topics and queues do not cover it. */
function keyStatements(key: kms.IKey, region: string): iam.PolicyStatement[] {
  const tableActions = [
    'Decrypt',
    'DescribeKey',
    'Encrypt',
    'GenerateDataKey',
    'ReEncryptFrom',
    'ReEncryptTo',
  ];
  return [
    allow(
      tableActions.map((action) => `kms:${action}`),
      [key.keyArn],
      through(['dynamodb'], region),
    ),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], through(['sns', 'sqs'], region)),
  ];
}

/** The host names end in amazonaws.com or amazonaws.com.cn. */
function through(services: readonly string[], region: string): Record<string, unknown> {
  return {
    StringLike: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com*`) },
  };
}

function allow(
  actions: string[],
  resources: string[],
  conditions: Record<string, unknown> = {},
): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources, conditions });
}
