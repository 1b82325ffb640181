import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the parameters are so large that CloudTrail omits them; the response shows the layers',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      { ...sets([base, foreignLayer], mallory, on(2, '10:00')), requestParameters: null },
      'unreadable',
      'critical',
    ),
  ],
};
