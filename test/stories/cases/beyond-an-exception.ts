import { base, ci, datadog, foreignLayer, instrumenter, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a call adds the excepted layer and another one',
  kind: 'attack',
  settings: {
    exceptions: [
      {
        name: 'apm',
        owner: 'platform',
        reason: 'rollout',
        expires: '2999-12-31',
        layer: 'arn:aws:lambda:*:464622532012:layer:Datadog-Extension',
      },
    ],
  },
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, datadog, foreignLayer], instrumenter, on(2, '10:00')), 'added', 'high'),
  ],
};
