import { base, ci, eve, foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'two actors attach the same layer to one function within the hour',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    recorded(sets([base], mallory, on(2, '10:05')), 'removed'),
    notified(sets([base, foreignLayer], eve, on(2, '10:10')), 'added', 'critical'),
  ],
};
