import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDbForwarderStatus, DynamoDbMemberListing } from '../../../../lambda/aws/dynamodb-organization';
import { hubBusName } from '../../../../lambda/contract';
import { plural } from '../../../../lambda/text/format';
import { escapeForDisplay } from '../../../../lambda/text/untrusted-text';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, type CheckOutcome, failed, ok, skipped, warning } from '../check';

/** A later pass over the accounts is overdue. */
const maxPassAgeMinutes = 60;

/** The hub's bus delivers what member accounts forward, and the sweep can list the functions of each account. */
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
  const minutes = minutesSince(status.at);
  if (minutes > maxPassAgeMinutes) return overdue(minutes);
  const { silent, unheard, unheardRegions, heard, accounts } = status;
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
  if (unheardRegions.length > 0)
    return warning(
      `${plural(heard, 'forwarder')} heard; none of ${plural(unheardRegions.length, 'account-region')} of organization.regions: ${names(unheardRegions)}`,
      'deploy the forwarder there, or take regions that the accounts do not use from organization.regions',
    );
  return ok(`${plural(heard, 'forwarder')} of ${plural(accounts, 'account')} heard`);
}

function minutesSince(time: string): number {
  return Math.round((Date.now() - Date.parse(time)) / 60_000);
}

function overdue(minutes: number): CheckOutcome {
  return failed(
    `last read by the sweep ${minutes} minutes ago`,
    "read the sweeper's log; an account list that AWS Organizations refuses is named there",
  );
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
  const listing = await new DynamoDbMemberListing(new DynamoDBClient({}), table).read();
  if (listing === undefined)
    return warning(
      'not read: alerts of member accounts have no context of Lambda, and layers before the first call are unknown',
      'set organization.externalId, and deploy the forwarder with ExternalId',
    );
  const { failed: failures, places } = listing;
  if (failures.size > 0)
    return failed(
      `functions of ${failures.size} of ${plural(places, 'account-region')} not listed: ${names([...failures].map(([place, reason]) => `${place} (${reason})`))}`,
      'deploy the forwarder there with ExternalId',
    );
  const minutes = minutesSince(listing.at);
  if (minutes > maxPassAgeMinutes) return overdue(minutes);
  return ok(
    `functions of ${plural(places, 'account-region')} listed, the last ${Math.max(0, minutes)} minutes ago`,
  );
}
