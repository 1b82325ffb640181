import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { type Story, stored, told } from '../story';

export const story: Story = {
  name: 'the attack’s record arrives after that of a later change',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    stored(sets([base], ci, on(2, '11:00')), 'unchanged'),
    told(sets([base, foreignLayer], mallory, on(2, '10:00')), 'before-unknown', 'high'),
  ],
};
