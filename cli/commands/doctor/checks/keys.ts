import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { at, isObject, text } from '../../../../lambda/detection/json';
import { type Check, failed, ok } from '../check';

/** Services that use the key themselves, without a role of the stack (docs/kms-key-policy.md). */
const services = ['events.amazonaws.com', 'cloudwatch.amazonaws.com'];

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
    const missing = services.filter((service) => !allows(JSON.parse(Policy), service));
    if (missing.length > 0)
      return failed(
        `the policy of ${KeyId} does not allow ${missing.join(' and ')} to use it`,
        'docs/kms-key-policy.md has the statements',
      );
    return ok(`${KeyId} is enabled and allows the services to use it`);
  },
};

function allows(policy: unknown, service: string): boolean {
  const statements = at(policy, 'Statement');
  return (Array.isArray(statements) ? statements : []).some((statement) => {
    if (!isObject(statement) || text(statement['Effect']) !== 'Allow') return false;
    const principals = at(statement, 'Principal', 'Service');
    return [principals].flat().some((principal) => principal === service);
  });
}
