import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { at, isObject, text } from '../../../../lambda/detection/json';
import { type Check, failed, ok } from '../check';

/** Services that have to use a key of yours, and no role of the stack can do it for them (docs/kms-key-policy.md). */
const services = ['events.amazonaws.com', 'cloudwatch.amazonaws.com'];

/** A key of your own is enabled and lets the services in that need it. */
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
    const shutOut = services.filter((service) => !letsIn(JSON.parse(Policy), service));
    if (shutOut.length > 0)
      return failed(
        `the policy of ${KeyId} does not let ${shutOut.join(' and ')} use it`,
        'docs/kms-key-policy.md has the statements',
      );
    return ok(`${KeyId} is enabled and lets the services use it`);
  },
};

function letsIn(policy: unknown, service: string): boolean {
  const statements = at(policy, 'Statement');
  return (Array.isArray(statements) ? statements : []).some((statement) => {
    if (!isObject(statement) || text(statement['Effect']) !== 'Allow') return false;
    const principals = at(statement, 'Principal', 'Service');
    return [principals].flat().some((principal) => principal === service);
  });
}
