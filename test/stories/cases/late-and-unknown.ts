import { base, ci, creates, on, sets } from '../actors';
import { nothing, type Story, stored, told } from '../story';

export const story: Story = {
  name: 'a record of an unchanged list arrives after a later one: what was before it is unknown, so it is told',
  kind: 'benign',
  steps: [
    nothing(creates([base], ci, on(1, '09:00'))),
    stored(sets([base], ci, on(3, '09:00')), 'unchanged', 'low'),
    told(sets([base], ci, on(2, '09:00')), 'before-unknown', 'low'),
  ],
};
