import { admin, base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'the layer is taken off by the team and put back by the attacker an hour later',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    recorded(sets([base], admin, on(2, '10:30')), 'removed'),
    notified(sets([base, foreignLayer], mallory, on(2, '11:05')), 'added', 'high'),
  ],
};
