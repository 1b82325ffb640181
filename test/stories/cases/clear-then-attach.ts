import { base, ci, foreignLayer, mallory, on, sets, util } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'all layers are taken off, then one of an unknown account is put on',
  kind: 'attack',
  steps: [
    notified(sets([base, util], ci, on(1, '09:00')), 'before-unknown', 'low'),
    recorded(sets([], mallory, on(2, '10:00')), 'removed'),
    notified(sets([foreignLayer], mallory, on(2, '10:01')), 'added', 'high'),
  ],
};
