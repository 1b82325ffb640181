import { base, ci, creates, on, sets, util } from '../actors';
import { nothing, type Story, stored } from '../story';

export const story: Story = {
  name: 'a layer is taken off',
  kind: 'benign',
  inRiskTable: true,
  steps: [
    nothing(creates([base, util], ci, on(1, '09:00'))),
    stored(sets([base], ci, on(2, '09:00')), 'removed', 'low'),
    stored(sets([], ci, on(3, '09:00')), 'removed', 'low'),
  ],
};
