import { base, ci, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a layer’s ARN is of another partition',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      sets(
        [base, 'arn:aws-cn:lambda:cn-north-1:464622532012:layer:Datadog-Extension:91'],
        mallory,
        on(2, '10:00'),
      ),
      'added',
      'high',
    ),
  ],
};
