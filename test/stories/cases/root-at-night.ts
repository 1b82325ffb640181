import { base, ci, officeHours, on, root, sets, util } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'the root user attaches a layer of the own account at night',
  kind: 'attack',
  settings: officeHours,
  inRiskTable: true,
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(sets([base, util], root, on(2, '03:00')), 'added', 'high'),
  ],
};
