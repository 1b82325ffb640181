import { base, ci, eve, foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the call behind an attach arrives first, and the attach is still notified',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:20')), 'added', 'high'),
    notified(sets([base, foreignLayer], eve, on(2, '10:00')), 'added', 'critical'),
  ],
};
