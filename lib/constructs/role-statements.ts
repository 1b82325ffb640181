import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

export function allow(
  actions: string[],
  resources: string[],
  conditions: Record<string, unknown> = {},
): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources, conditions });
}

/** The stack of this name: a call that names it so is not always checked against the stack's id. */
export function stackArn(scope: IConstruct): string {
  const stack = Stack.of(scope);
  return stack.formatArn({
    service: 'cloudformation',
    resource: 'stack',
    resourceName: `${stack.stackName}/*`,
  });
}

/** Use of the key by the tables, which grants on the tables do not cover. */
export function tableKeyStatement(key: kms.IKey, region: string): iam.PolicyStatement {
  const actions = ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'];
  return allow(
    actions.map((action) => `kms:${action}`),
    [key.keyArn],
    throughServices(['dynamodb'], region),
  );
}

/** Condition that a key is used through these services only. Their host names end in amazonaws.com or amazonaws.com.cn. */
export function throughServices(services: readonly string[], region: string): Record<string, unknown> {
  return {
    StringLike: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com*`) },
  };
}
