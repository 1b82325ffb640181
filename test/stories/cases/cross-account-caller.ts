import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'a principal of another account changes the function',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(
      {
        ...sets([base, foreignLayer], mallory, on(2, '10:00')),
        userIdentity: { type: 'AWSAccount', accountId: '999988887777', principalId: 'AIDAOTHER' },
      },
      'added',
      'high',
    ),
  ],
};
