import { admin, base, ci, eve, foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'the layer is taken off and put back by another actor, and the removal’s record comes last',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    recorded(sets([base, foreignLayer], eve, on(2, '10:20')), 'unchanged'),
    notified(sets([base], admin, on(2, '10:10')), 'removed'),
  ],
};
