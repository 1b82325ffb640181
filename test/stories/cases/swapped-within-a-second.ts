import { base, ci, eve, foreignLayer, mallory, on, sets, util } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'two actors set other lists within one second, and both are notified',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    notified(sets([base, util], eve, on(2, '10:00')), 'added'),
  ],
};
