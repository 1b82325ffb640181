import { admin, base, ci, foreignLayer, fromFrance, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'one actor puts one layer on again from another address',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    recorded(sets([base], admin, on(2, '10:05')), 'removed'),
    notified(sets([base, foreignLayer], { ...mallory, ...fromFrance }, on(2, '10:10')), 'added'),
  ],
};
