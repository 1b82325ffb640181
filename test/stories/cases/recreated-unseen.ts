import { ci, deletes, foreignLayer, mallory, on, sets } from '../actors';
import { nothing, type Story, told } from '../story';

export const story: Story = {
  name: 'a function is deleted, its new one comes without a record, and the old list is sent',
  kind: 'attack',
  steps: [
    told(sets([foreignLayer], mallory, on(1, '09:00')), 'before-unknown', 'high'),
    nothing(deletes(ci, on(1, '15:00'))),
    told(sets([foreignLayer], mallory, on(2, '10:00')), 'before-unknown', 'high'),
  ],
};
