import { base, creates, on, sets, terraform, util } from '../actors';
import { nothing, type Story, stored } from '../story';

export const story: Story = {
  name: 'a function is created with layers: it is new, and nothing existing was changed',
  kind: 'benign',
  steps: [
    nothing(creates([base, util], terraform, on(1, '09:00'))),
    stored(sets([base, util], terraform, on(1, '09:01')), 'unchanged', 'low'),
  ],
};
