import { base, ci, isDenied, mallory, on, sets, util } from '../actors';
import { noAlert, notified, type Story } from '../story';

export const story: Story = {
  name: 'seven denied attempts come before the one that succeeds',
  kind: 'attack',
  inRiskTable: true,
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    ...[1, 2, 3, 4, 5, 6, 7].map((minute) => noAlert(isDenied(mallory, on(2, `10:0${minute}`)))),
    notified(sets([base, util], mallory, on(2, '10:20')), 'added', 'medium'),
  ],
};
