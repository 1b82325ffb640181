import { base, ci, foreignLayer, mallory, on, sets, util } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'one layer goes and another comes, so their number stays the same',
  kind: 'attack',
  steps: [
    notified(sets([base, util], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
