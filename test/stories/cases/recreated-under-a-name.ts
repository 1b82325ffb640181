import { base, ci, creates, deletes, foreignLayer, mallory, on, sets } from '../actors';
import { noAlert, notified, type Story } from '../story';

export const story: Story = {
  name: 'a function is deleted and created again with a layer that it did not have',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    noAlert(deletes(mallory, on(2, '10:00'))),
    noAlert(creates([base, foreignLayer], mallory, on(2, '10:01'))),
    notified(sets([base, foreignLayer], mallory, on(2, '10:02')), 'added', 'high'),
  ],
};
