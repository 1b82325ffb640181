import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { noAlert, notified, type Story } from '../story';

const attack = sets([base, foreignLayer], mallory, on(2, '10:00'));

export const story: Story = {
  name: 'the attack’s record is delivered three times',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(attack, 'added', 'high'),
    noAlert(attack),
    noAlert(attack),
  ],
};
