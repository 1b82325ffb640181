import { base, ci, edits, foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 're-sent unchanged, taken off and put back within one folding window',
  kind: 'attack',
  steps: [
    recorded(edits([base, foreignLayer], ci, on(2, '09:00')), 'no-layers', 'low'),
    recorded(sets([base, foreignLayer], mallory, on(2, '10:00')), 'unchanged'),
    recorded(sets([base], mallory, on(2, '10:05')), 'removed'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:10')), 'added', 'high'),
  ],
};
