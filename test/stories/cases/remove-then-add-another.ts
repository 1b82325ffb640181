import { base, ci, foreignLayer, on, sets, util } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a layer is removed, and hours later another one is added',
  kind: 'attack',
  steps: [
    notified(sets([base, util], ci, on(1, '09:00')), 'before-unknown', 'low'),
    recorded(sets([base], ci, on(2, '09:00')), 'removed'),
    notified(sets([base, foreignLayer], ci, on(2, '15:00')), 'added', 'high'),
  ],
};
