import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { nothing, type Story, told } from '../story';

const attack = sets([base, foreignLayer], mallory, on(2, '10:00'));

export const story: Story = {
  name: 'the attack’s record is delivered three times',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(attack, 'added', 'high'),
    nothing(attack),
    nothing(attack),
  ],
};
