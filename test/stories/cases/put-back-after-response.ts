import { admin, base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { type Story, stored, told } from '../story';

export const story: Story = {
  name: 'the layer is taken off by the team and put back by the attacker an hour later',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    stored(sets([base], admin, on(2, '10:30')), 'removed'),
    told(sets([base, foreignLayer], mallory, on(2, '11:05')), 'added', 'high'),
  ],
};
