import { base, creates, on, sets, terraform, util } from '../actors';
import { noAlert, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a function is created with layers: it is new, and nothing existing was changed',
  kind: 'benign',
  steps: [
    noAlert(creates([base, util], terraform, on(1, '09:00'))),
    recorded(sets([base, util], terraform, on(1, '09:01')), 'unchanged', 'low'),
  ],
};
