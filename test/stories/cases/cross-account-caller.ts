import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a principal of another account changes the function',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      {
        ...sets([base, foreignLayer], mallory, on(2, '10:00')),
        userIdentity: { type: 'AWSAccount', accountId: '999988887777', principalId: 'AIDAOTHER' },
      },
      'added',
      'high',
    ),
  ],
};
