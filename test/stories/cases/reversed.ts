import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the records arrive in reverse',
  kind: 'attack',
  steps: [
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'before-unknown', 'high'),
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
  ],
};
