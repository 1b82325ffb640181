import { base, ci, edits, foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'an actor makes silent calls first, and is still new',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    recorded(edits([base], mallory, on(2, '09:00')), 'no-layers'),
    recorded(sets([base], mallory, on(2, '09:05')), 'unchanged'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
