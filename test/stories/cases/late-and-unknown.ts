import { base, ci, creates, on, sets } from '../actors';
import { noAlert, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a record of an unchanged list arrives after a later one, and is compared with what was before it',
  kind: 'benign',
  steps: [
    noAlert(creates([base], ci, on(1, '09:00'))),
    recorded(sets([base], ci, on(3, '09:00')), 'unchanged', 'low'),
    recorded(sets([base], ci, on(2, '09:00')), 'unchanged', 'low'),
  ],
};
