import { base, ci, foreignLayer, on, sets, util } from '../actors';
import { type Story, stored, told } from '../story';

export const story: Story = {
  name: 'a layer is removed, and hours later another one is added',
  kind: 'attack',
  steps: [
    told(sets([base, util], ci, on(1, '09:00')), 'before-unknown', 'low'),
    stored(sets([base], ci, on(2, '09:00')), 'removed'),
    told(sets([base, foreignLayer], ci, on(2, '15:00')), 'added', 'high'),
  ],
};
