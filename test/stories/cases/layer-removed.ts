import { base, ci, creates, on, sets, util } from '../actors';
import { noAlert, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a layer is taken off',
  kind: 'benign',
  inRiskTable: true,
  steps: [
    noAlert(creates([base, util], ci, on(1, '09:00'))),
    recorded(sets([base], ci, on(2, '09:00')), 'removed', 'low'),
    recorded(sets([], ci, on(3, '09:00')), 'removed', 'low'),
  ],
};
