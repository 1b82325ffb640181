import { subscriptionChecks } from '../../../../../cli/commands/doctor/checks/subscriptions';
import { CheckBench, checkNamed } from '../check-bench';

const email = (SubscriptionArn: string) => ({
  SubscriptionArn,
  Protocol: 'email',
  Endpoint: 'security@example.com',
});
const confirmed = email('arn:aws:sns:eu-west-3:123456789012:alerts:1');
const slack = {
  SubscriptionArn: 'arn:aws:sns:eu-west-3:123456789012:alerts:2',
  Protocol: 'https',
  Endpoint: 'https://global.sns-api.chatbot.amazonaws.com',
};

describe('the subscriptions', () => {
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
    bench.on('GetSubscriptionAttributes', {});
  });
  afterEach(() => bench.stop());

  test.each([
    ['one that is confirmed', [confirmed], 'ok', '1 confirmed: email security@example.com'],
    [
      'one that is not confirmed',
      [confirmed, email('PendingConfirmation')],
      'failed',
      'email security@example.com not confirmed, so nobody is notified there',
    ],
    ['none', [], 'failed', 'nobody is subscribed'],
  ])('given %s to the alerts, then the check says so', async (_, Subscriptions, status, found) => {
    bench.on('ListSubscriptionsByTopic', { Subscriptions });
    const check = checkNamed(subscriptionChecks, 'subscriptions of the alerts');
    expect(await bench.run(check)).toMatchObject({ status, found });
  });

  test('given no topic of the alerts, then the check fails', async () => {
    const check = checkNamed(subscriptionChecks, 'subscriptions of the alerts');
    expect(await bench.run(check, ['Alerts'])).toMatchObject({ status: 'failed' });
  });

  test('given no topic of the alarms, then the check fails', async () => {
    const check = checkNamed(subscriptionChecks, 'subscriptions of the alarms');
    expect(await bench.run(check, ['AlarmNotices'])).toMatchObject({ status: 'failed' });
  });

  test.each([
    ['subscribed', [confirmed, slack], [], 'ok'],
    ['not subscribed', [confirmed], [], 'failed'],
    ['not configured', [confirmed], ['Slack'], 'skipped'],
  ])(
    'given a Slack channel that is %s, then the check says so',
    async (_, Subscriptions, without, status) => {
      bench.on('ListSubscriptionsByTopic', { Subscriptions });
      const check = checkNamed(subscriptionChecks, 'Slack channel');
      expect(await bench.run(check, without)).toMatchObject({ status });
    },
  );
});
