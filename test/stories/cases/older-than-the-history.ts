import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a record is older than everything that is kept of its function',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(20, '09:00')), 'before-unknown'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'before-unknown', 'high'),
  ],
};
