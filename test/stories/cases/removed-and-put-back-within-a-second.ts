import { base, foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'the layer is taken off and put on again within one second',
  kind: 'attack',
  steps: [
    notified(sets([base, foreignLayer], mallory, on(1, '09:00')), 'before-unknown', 'high'),
    recorded(sets([base], mallory, on(2, '10:00')), 'removed'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
