import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { keyUses } from '../../../../lambda/contract';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, failed, ok } from '../check';
import { allowsUse, type KeyUse } from '../template/key-policy';
import { placeOf } from '../template/values';

/** A key of your own is enabled, and its policy allows the services that need it. */
export const keyCheck: Check = {
  name: 'key policy',
  async run(stack) {
    const TableName = stack.physicalId('AWS::DynamoDB::Table', 'TablesAlerts');
    const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName }));
    const KeyId = Table?.SSEDescription?.KMSMasterKeyArn;
    if (KeyId === undefined) return ok('keys of AWS; there is no policy to get wrong');
    const client = new KMSClient({});
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
    if (KeyMetadata?.KeyState !== 'Enabled')
      return failed(`key ${KeyId} is ${KeyMetadata?.KeyState}`, `aws kms enable-key --key-id ${KeyId}`);
    if (KeyMetadata.KeyManager === 'AWS') return ok('keys of AWS; there is no policy to get wrong');
    const { Policy = '{}' } = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    const missing = usesOf(stack).filter((use) => !allowsUse(JSON.parse(Policy), use));
    if (missing.length > 0)
      return failed(
        `the policy of ${KeyId} does not allow ${missing.map(({ principal }) => principal).join(' and ')} to use it`,
        'docs/kms-key-policy.md has the statements',
      );
    return ok(`${KeyId} is enabled and allows the services to use it`);
  },
};

/** What each service asks of the key, as KMS sees the request. */
function usesOf(stack: DeployedStack): readonly KeyUse[] {
  const { partition, region, account } = placeOf(stack);
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const logGroup = stack.findPhysicalId('AWS::Logs::LogGroup', 'DetectorLogs') ?? `${stack.name}-`;
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${account}:${rest}`;
  const contexts = {
    // EventBridge sends neither the source's account nor its ARN for a topic (SNS guide, key management).
    events: {},
    cloudwatch: {
      'aws:SourceAccount': account,
      'aws:SourceArn': arn('cloudwatch', `alarm:${stack.name}-DetectorErrors`),
    },
    logs: { 'kms:EncryptionContext:aws:logs:arn': arn('logs', `log-group:${logGroup}`) },
  };
  return keyUses.map(({ service, actions }) => ({
    principal: service === 'logs' ? `logs.${region}.${suffix}` : `${service}.amazonaws.com`,
    actions: actions.map(exampleOf),
    context: new Map(Object.entries(contexts[service])),
  }));
}

/** An action that a documented pattern covers, so that a policy may also name the actions one by one. */
function exampleOf(pattern: string): string {
  if (pattern === 'kms:Describe*') return 'kms:DescribeKey';
  return pattern === 'kms:ReEncrypt*' ? 'kms:ReEncryptFrom' : pattern.replace('*', '');
}
