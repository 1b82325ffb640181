import { base, ci, edits, foreignLayer, mallory, on, sets } from '../actors';
import { type Story, stored, told } from '../story';

export const story: Story = {
  name: 're-sent unchanged, taken off and put back within one folding window',
  kind: 'attack',
  steps: [
    stored(edits([base, foreignLayer], ci, on(2, '09:00')), 'no-layers', 'low'),
    stored(sets([base, foreignLayer], mallory, on(2, '10:00')), 'unchanged'),
    stored(sets([base], mallory, on(2, '10:05')), 'removed'),
    told(sets([base, foreignLayer], mallory, on(2, '10:10')), 'added', 'high'),
  ],
};
