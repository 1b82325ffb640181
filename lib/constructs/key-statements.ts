import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { keyUses } from '../../lambda/contract';

/**
 * Lets the services that use the key in their own name do so. The policy of an imported key cannot
 * be changed, and `addToResourcePolicy` leaves it alone: docs/kms-key-policy.md has the statements for it.
 */
export function letServicesUse(key: kms.IKey, scope: Construct): void {
  for (const { sid, service, actions } of keyUses)
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        actions: [...actions],
        principals: [principalOf(service, scope)],
        // In the policy of a key it stands for the key.
        resources: ['*'],
        ...conditionsOf(service, scope),
      }),
    );
}

type KeyService = (typeof keyUses)[number]['service'];

/** CloudWatch Logs has a principal in each region. */
function principalOf(service: KeyService, scope: Construct): iam.IPrincipal {
  const { region, urlSuffix } = Stack.of(scope);
  return new iam.ServicePrincipal(
    service === 'logs' ? `logs.${region}.${urlSuffix}` : `${service}.amazonaws.com`,
  );
}

function conditionsOf(
  service: KeyService,
  scope: Construct,
): { readonly conditions?: Record<string, unknown> } {
  const stack = Stack.of(scope);
  const arn = (resource: string) => stack.formatArn({ service, resource });
  switch (service) {
    case 'cloudwatch':
      return {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': arn(`alarm:${stack.stackName}-*`) },
        },
      };
    case 'logs':
      return {
        conditions: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn(`log-group:${stack.stackName}-*`) },
        },
      };
    // EventBridge sends neither the source's account nor its ARN for a topic (SNS guide, key management).
    case 'events':
      return {};
  }
}
