import { base, ci, foreignLayer, mallory, on, sets, util } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a layer of an unknown account is added to a function whose layers are known',
  kind: 'attack',
  inRiskTable: true,
  steps: [
    notified(sets([base, util], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, util, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
