import { ci, deletes, foreignLayer, mallory, on, sets } from '../actors';
import { noAlert, notified, type Story } from '../story';

export const story: Story = {
  name: 'a function is deleted, its new one comes without a record, and the old list is sent',
  kind: 'attack',
  steps: [
    notified(sets([foreignLayer], mallory, on(1, '09:00')), 'before-unknown', 'high'),
    noAlert(deletes(ci, on(1, '15:00'))),
    notified(sets([foreignLayer], mallory, on(2, '10:00')), 'before-unknown', 'high'),
  ],
};
