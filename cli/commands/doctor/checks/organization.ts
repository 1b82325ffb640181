import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDbForwarderStatus, DynamoDbMemberStatus } from '../../../../lambda/aws/dynamodb-progress';
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
  { name: 'forwarders', run: checkForwarders },
  { name: 'member accounts', run: checkMembers },
];

/** Names of one finding that are shown. */
const maxNames = 20;

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

async function checkForwarders(stack: DeployedStack): Promise<CheckOutcome> {
  if (stack.findPhysicalId('AWS::Events::EventBus', 'Hub') === undefined)
    return skipped('not configured (setting organization)');
  const table = stack.physicalId('AWS::DynamoDB::Table', 'TablesState');
  const status = await new DynamoDbForwarderStatus(new DynamoDBClient({}), table).read();
  if (status === undefined)
    return warning('not looked at yet', 'wait for the next sweep, which comes every ten minutes');
  const { silent, unheard, heard, accounts } = status;
  if (silent.length > 0)
    return failed(
      `${plural(silent.length, 'forwarder')} silent: ${names(silent.map(({ account, region, lastHeard }) => `${account} ${region} since ${lastHeard}`))}`,
      'deploy the forwarder there again',
    );
  if (unheard.length > 0)
    return warning(
      `${plural(heard, 'forwarder')} heard; none of ${plural(unheard.length, 'account')} of ${accounts}: ${names(unheard)}`,
      'deploy the forwarder there, or set trailBucket, which needs none',
    );
  return ok(`${plural(heard, 'forwarder')} of ${plural(accounts, 'account')} heard`);
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, maxNames).map((name) => escapeForDisplay(name, 120));
  const more = all.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

async function checkMembers(stack: DeployedStack): Promise<CheckOutcome> {
  if (stack.findPhysicalId('AWS::Events::EventBus', 'Hub') === undefined)
    return skipped('not configured (setting organization)');
  const table = stack.physicalId('AWS::DynamoDB::Table', 'TablesState');
  const status = await new DynamoDbMemberStatus(new DynamoDBClient({}), table).read();
  if (status === undefined)
    return warning(
      'covered by their events only: the sweep has not read the accounts yet',
      'set organization.externalId, and deploy the forwarder with ExternalId',
    );
  if (status.failed.size > 0) {
    const each = [...status.failed].map(
      ([account, reason]) => `${account} (${escapeForDisplay(reason, 120)})`,
    );
    return failed(
      `${plural(status.failed.size, 'account')} of ${status.accounts} covered by their events only: ${each.join(', ')}`,
      'deploy the forwarder there with ExternalId',
    );
  }
  const minutes = Math.round((Date.now() - Date.parse(status.at)) / 60_000);
  if (minutes > maxPassAgeMinutes)
    return failed(`last read by the sweep ${minutes} minutes ago`, "read the sweeper's log");
  return ok(`${plural(status.accounts, 'account')} read by the sweep ${Math.max(0, minutes)} minutes ago`);
}
