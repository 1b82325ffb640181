import { base, ci, isDenied, mallory, on, sets, util } from '../actors';
import { nothing, type Story, told } from '../story';

export const story: Story = {
  name: 'seven denied attempts come before the one that succeeds',
  kind: 'attack',
  inRiskTable: true,
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    ...[1, 2, 3, 4, 5, 6, 7].map((minute) => nothing(isDenied(mallory, on(2, `10:0${minute}`)))),
    told(sets([base, util], mallory, on(2, '10:20')), 'added', 'medium'),
  ],
};
