import { base, ci, eve, foreignLayer, mallory, on, sets } from '../actors';
import { type Story, stored, told } from '../story';

export const story: Story = {
  name: 'two actors attach the same layer to one function within the hour',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    stored(sets([base], mallory, on(2, '10:05')), 'removed'),
    told(sets([base, foreignLayer], eve, on(2, '10:10')), 'added', 'critical'),
  ],
};
