import { functionArn } from '../../fixtures/records';
import { base, ci, eve, foreignLayer, on, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'the function is named by its full ARN, as attack tools do',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(
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
