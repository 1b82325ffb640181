import { base, ci, officeHours, on, root, sets, util } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the root user attaches a layer of the own account at night',
  kind: 'attack',
  settings: officeHours,
  inRiskTable: true,
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, util], root, on(2, '03:00')), 'added', 'high'),
  ],
};
