import { functionArn } from '../../fixtures/records';
import { base, ci, eve, foreignLayer, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the function is named by its full ARN, as attack tools do',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      {
        ...sets([base, foreignLayer], eve, on(2, '10:00')),
        requestParameters: {
          functionName: functionArn('payments'),
          layers: [base, foreignLayer],
          environment: {},
        },
      },
      'added',
      'critical',
    ),
  ],
};
