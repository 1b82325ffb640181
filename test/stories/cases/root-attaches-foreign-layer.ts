import { base, ci, foreignLayer, on, root, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the root user attaches an unknown account’s layer',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], root, on(2, '10:00')), 'added', 'critical'),
  ],
};
