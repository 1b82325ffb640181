import { base, ci, foreignLayer, mallory, on, sets, util } from '../actors';
import { type Story, stored, told } from '../story';

export const story: Story = {
  name: 'all layers are taken off, then one of an unknown account is put on',
  kind: 'attack',
  steps: [
    told(sets([base, util], ci, on(1, '09:00')), 'before-unknown', 'low'),
    stored(sets([], mallory, on(2, '10:00')), 'removed'),
    told(sets([foreignLayer], mallory, on(2, '10:01')), 'added', 'high'),
  ],
};
