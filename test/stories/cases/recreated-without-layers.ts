import { base, ci, creates, deletes, foreignLayer, mallory, on, sets } from '../actors';
import { nothing, type Story, told } from '../story';

export const story: Story = {
  name: 'a function is deleted and created anew without layers; its old layer is put on the new one',
  kind: 'attack',
  steps: [
    told(sets([base, foreignLayer], mallory, on(1, '09:00')), 'before-unknown', 'high'),
    nothing(deletes(ci, on(1, '15:00'))),
    nothing(creates(undefined, ci, on(1, '15:05'))),
    told(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
