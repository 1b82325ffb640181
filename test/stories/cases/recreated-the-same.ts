import { base, ci, creates, deletes, on, sets } from '../actors';
import { noAlert, notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a function is deleted and created again with the layers that it had',
  kind: 'benign',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    noAlert(deletes(ci, on(2, '10:00'))),
    noAlert(creates([base], ci, on(2, '10:01'))),
    recorded(sets([base], ci, on(2, '10:02')), 'unchanged'),
  ],
};
