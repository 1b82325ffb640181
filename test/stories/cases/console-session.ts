import { admin, base, ci, foreignLayer, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'somebody in the console attaches an unknown account’s layer',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], admin, on(2, '10:00')), 'added', 'high'),
  ],
};
