import { base, ci, edits, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'memory changes are answered with the layers that are known',
  kind: 'benign',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    recorded(edits([base], ci, on(2, '10:00')), 'no-layers', 'low'),
    recorded(edits([base], ci, on(2, '10:05')), 'no-layers', 'low'),
  ],
};
