import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDbMemberStatus } from '../../../../lambda/aws/dynamodb-progress';
import { hubBusName } from '../../../../lambda/contract';
import { plural } from '../../../../lambda/text/format';
import { escapeForDisplay } from '../../../../lambda/text/untrusted-text';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, type CheckOutcome, failed, ok, skipped, warning } from '../check';

/** A later pass over the accounts is overdue. */
const maxPassAgeMinutes = 60;

/** The hub's bus delivers what member accounts forward, and the sweep can read each account. */
export const organizationChecks: readonly Check[] = [
  { name: 'hub of the organization', run: checkHub },
  { name: 'member accounts', run: checkMembers },
];

async function checkHub(stack: DeployedStack): Promise<CheckOutcome> {
  if (stack.findPhysicalId('AWS::Events::EventBus', 'Hub') === undefined)
    return skipped('not configured (setting organization)');
  const bus = hubBusName(stack.name);
  const name = stack.physicalId('AWS::Events::Rule', 'HubRule').split(/[/|]/).at(-1) ?? '';
  const { State } = await new EventBridgeClient({}).send(
    new DescribeRuleCommand({ Name: name, EventBusName: bus }),
  );
  if (State === 'ENABLED') return ok(`bus ${bus} delivers to the detector`);
  return failed(
    `rule ${name} of bus ${bus} is ${State}`,
    `aws events enable-rule --event-bus-name ${bus} --name ${name}`,
  );
}

async function checkMembers(stack: DeployedStack): Promise<CheckOutcome> {
  if (stack.findPhysicalId('AWS::Events::EventBus', 'Hub') === undefined)
    return skipped('not configured (setting organization)');
  const table = stack.physicalId('AWS::DynamoDB::Table', 'TablesState');
  const status = await new DynamoDbMemberStatus(new DynamoDBClient({}), table).read();
  if (status === undefined)
    return warning(
      'covered by their events only: the sweep has not read the accounts yet',
      'set organization.externalId, and deploy the forwarder with SweeperRoleArn and ExternalId',
    );
  if (status.failed.size > 0) {
    const each = [...status.failed].map(
      ([account, reason]) => `${account} (${escapeForDisplay(reason, 120)})`,
    );
    return failed(
      `${plural(status.failed.size, 'account')} of ${status.accounts} covered by their events only: ${each.join(', ')}`,
      'deploy the forwarder there with SweeperRoleArn and ExternalId',
    );
  }
  const minutes = Math.round((Date.now() - Date.parse(status.at)) / 60_000);
  if (minutes > maxPassAgeMinutes)
    return failed(`last read by the sweep ${minutes} minutes ago`, "read the sweeper's log");
  return ok(`${plural(status.accounts, 'account')} read by the sweep ${Math.max(0, minutes)} minutes ago`);
}
