import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'the records arrive in reverse',
  kind: 'attack',
  steps: [
    told(sets([base, foreignLayer], mallory, on(2, '10:00')), 'before-unknown', 'high'),
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
  ],
};
