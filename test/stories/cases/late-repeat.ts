import { base, ci, on, sets, util } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a repeat of a list that arrives late is no news',
  kind: 'benign',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, util], ci, on(2, '10:00')), 'added'),
    recorded(sets([base, util], ci, on(2, '10:30')), 'unchanged'),
    recorded(sets([base, util], ci, on(2, '10:15')), 'unchanged'),
  ],
};
