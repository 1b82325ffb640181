import {
  GetSubscriptionAttributesCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import { environmentVariable } from '../../../../lambda/contract';
import { escapeForDisplay } from '../../../../lambda/text/untrusted-text';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, type CheckOutcome, failed, ok, redeploy, skipped, warning } from '../check';
import { inside, templateResources } from '../template/template';

const pending = 'PendingConfirmation';

/** The endpoint at which Amazon Q Developer in chat applications receives messages. */
const slackEndpoint = /^https:\/\/global\.sns-api\.chatbot\.amazonaws\.com$/;

/** The topics have subscribers, and every subscription is confirmed: a missing confirmation is the most common reason for silence. */
export const subscriptionChecks: readonly Check[] = [
  { name: 'subscriptions of the alerts', run: (stack) => check(stack, 'Alerts') },
  { name: 'subscriptions of the alarms', run: (stack) => check(stack, 'AlarmNotices') },
  { name: 'subscriptions of the routes', run: checkRoutes },
  { name: 'Slack channel', run: checkSlack },
];

async function check(stack: DeployedStack, logicalId: string): Promise<CheckOutcome> {
  const topicArn = stack.findPhysicalId('AWS::SNS::Topic', logicalId);
  return topicArn === undefined ? failed('the topic is not in the stack', redeploy) : checkTopic(topicArn);
}

async function checkTopic(topicArn: string): Promise<CheckOutcome> {
  const subscriptions = await subscriptionsOf(topicArn);
  const unconfirmed = subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === pending);
  if (unconfirmed.length > 0)
    return failed(
      `${unconfirmed.map(endpointOf).join(', ')} not confirmed, so nobody is notified there`,
      'open the message of AWS Notifications in that mailbox (look into spam) and confirm: by its link, or by aws sns confirm-subscription, which no link can undo; aws sns subscribe sends it again, npx cdk deploy does not',
    );
  if (subscriptions.length === 0)
    return failed(
      'nobody is subscribed',
      `npx cdk deploy -c email=you@example.com, or aws sns subscribe --topic-arn ${topicArn}`,
    );
  const filtered = await filteredOf(subscriptions);
  const found = `${subscriptions.length} confirmed: ${subscriptions.map(endpointOf).join(', ')}`;
  return filtered.length === 0 ? ok(found) : outcomeOfFilters(filtered, subscriptions.length);
}

/** A topic whose subscriptions all have a filter may deliver nothing, and no error appears. */
function outcomeOfFilters(filtered: readonly Subscription[], all: number): CheckOutcome {
  const found = `${filtered.map(endpointOf).join(', ')} receives only what a filter policy lets through`;
  const fix = `aws sns set-subscription-attributes --subscription-arn ${filtered[0]?.SubscriptionArn ?? 'ARN'} --attribute-name FilterPolicy --attribute-value '{}'`;
  return filtered.length === all ? failed(found, fix) : warning(found, fix);
}

async function filteredOf(subscriptions: readonly Subscription[]): Promise<readonly Subscription[]> {
  const client = new SNSClient({});
  const found = await Promise.all(
    subscriptions.map(async (subscription) => {
      const { Attributes } = await client.send(
        new GetSubscriptionAttributesCommand({ SubscriptionArn: subscription.SubscriptionArn }),
      );
      return isFilter(Attributes?.['FilterPolicy']) ? [subscription] : [];
    }),
  );
  return found.flat();
}

/** An empty policy removes the filter (SNS, "Removing a subscription filter policy"). */
function isFilter(policy = ''): boolean {
  return !/^\s*(\{\s*\})?\s*$/.test(policy);
}

async function checkRoutes(stack: DeployedStack): Promise<CheckOutcome> {
  const routes = [...(await routeTopics(stack))];
  if (routes.length === 0) return skipped('not configured (setting routes)');
  const outcomes = await Promise.all(
    routes.map(async ([name, arn]) => {
      const outcome = await checkTopic(arn);
      return { ...outcome, found: `route ${name}: ${outcome.found}` };
    }),
  );
  return (
    outcomes.find(({ status }) => status === 'failed') ??
    outcomes.find(({ status }) => status === 'warning') ??
    ok(outcomes.map(({ found }) => found).join('; '))
  );
}

/** ARNs by name of the route, as they were deployed to the detector. */
async function routeTopics(stack: DeployedStack): Promise<ReadonlyMap<string, string>> {
  const id = stack.resources.findLogicalId('AWS::Lambda::Function', 'Detector');
  const functions = await templateResources(stack, 'AWS::Lambda::Function');
  const detector = functions.find(({ logicalId }) => logicalId === id)?.properties;
  const json = inside(detector, 'Environment', 'Variables', environmentVariable.routeTopics);
  return new Map(typeof json === 'string' ? Object.entries(JSON.parse(json) as Record<string, string>) : []);
}

async function checkSlack(stack: DeployedStack): Promise<CheckOutcome> {
  if (stack.findPhysicalId('AWS::Chatbot::SlackChannelConfiguration', 'Slack') === undefined)
    return skipped('not configured (setting slack)');
  const topicArn = stack.physicalId('AWS::SNS::Topic', 'Alerts');
  const subscribed = (await subscriptionsOf(topicArn)).some(({ Endpoint = '' }) =>
    slackEndpoint.test(Endpoint),
  );
  if (subscribed) return ok('subscribed to the alerts');
  return failed(
    'Amazon Q Developer is not subscribed to the alerts',
    'authorise the workspace in its console, invite it to a private channel, and deploy the stack again',
  );
}

async function subscriptionsOf(TopicArn: string): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
    { client: new SNSClient({}) },
    { TopicArn },
  ))
    found.push(...Subscriptions);
  return found;
}

function endpointOf({ Protocol, Endpoint }: Subscription): string {
  return `${Protocol} ${escapeForDisplay(Endpoint ?? 'unknown', 100)}`;
}
