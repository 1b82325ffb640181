import { base, ci, edits, foreignLayer, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a memory change is answered with a layer that no known call put on',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(edits([base, foreignLayer], ci, on(2, '10:00')), 'unseen-change'),
    recorded(edits([base, foreignLayer], ci, on(2, '10:05')), 'no-layers'),
  ],
};
