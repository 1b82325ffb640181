import { base, ci, creates, deletes, foreignLayer, mallory, on, sets } from '../actors';
import { noAlert, notified, type Story } from '../story';

export const story: Story = {
  name: 'a function is deleted and created anew without layers; its old layer is put on the new one',
  kind: 'attack',
  steps: [
    notified(sets([base, foreignLayer], mallory, on(1, '09:00')), 'before-unknown', 'high'),
    noAlert(deletes(ci, on(1, '15:00'))),
    noAlert(creates(undefined, ci, on(1, '15:05'))),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
