import { account, admin, calls, on } from '../actors';
import { noAlert, type Story } from '../story';

export const story: Story = {
  name: 'a rule, a topic and a queue that are not Layerwatch’s are changed',
  kind: 'benign',
  steps: [
    noAlert(calls('events', 'DisableRule', { name: 'nightly-report' }, admin, on(2, '10:00'))),
    noAlert(
      calls(
        'sns',
        'DeleteTopic',
        { topicArn: `arn:aws:sns:eu-west-3:${account}:orders` },
        admin,
        on(2, '10:01'),
      ),
    ),
    noAlert(
      calls(
        'sqs',
        'PurgeQueue',
        { queueUrl: 'https://sqs.eu-west-3.amazonaws.com/123456789012/orders' },
        admin,
        on(2, '10:02'),
      ),
    ),
  ],
};
