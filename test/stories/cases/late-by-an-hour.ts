import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'the attack’s record arrives after that of a later change',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    recorded(sets([base], ci, on(2, '11:00')), 'unchanged'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
