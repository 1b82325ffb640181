import { paginateListSubscriptionsByTopic, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import { escapeForDisplay } from '../../../../lambda/text/untrusted-text';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, type CheckOutcome, failed, ok, redeploy, skipped } from '../check';

const pending = 'PendingConfirmation';

/** The endpoint at which Amazon Q Developer in chat applications receives messages. */
const slackEndpoint = /^https:\/\/global\.sns-api\.chatbot\.amazonaws\.com$/;

/** The topics have subscribers, and every subscription is confirmed: a missing confirmation is the most common reason for silence. */
export const subscriptionChecks: readonly Check[] = [
  { name: 'subscriptions of the alerts', run: (stack) => check(stack, 'Alerts') },
  { name: 'subscriptions of the alarms', run: (stack) => check(stack, 'AlarmNotices') },
  { name: 'Slack channel', run: checkSlack },
];

async function check(stack: DeployedStack, logicalId: string): Promise<CheckOutcome> {
  const topicArn = stack.findPhysicalId('AWS::SNS::Topic', logicalId);
  if (topicArn === undefined) return failed('the topic is not in the stack', redeploy);
  const subscriptions = await subscriptionsOf(topicArn);
  const unconfirmed = subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === pending);
  if (unconfirmed.length > 0)
    return failed(
      `${unconfirmed.map(endpointOf).join(', ')} not confirmed, so nobody is notified there`,
      'open the message of AWS Notifications in that mailbox (look into spam) and confirm by its link; aws sns subscribe sends it again, npx cdk deploy does not',
    );
  if (subscriptions.length === 0)
    return failed(
      'nobody is subscribed',
      `npx cdk deploy -c email=you@example.com, or aws sns subscribe --topic-arn ${topicArn}`,
    );
  return ok(`${subscriptions.length} confirmed: ${subscriptions.map(endpointOf).join(', ')}`);
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
