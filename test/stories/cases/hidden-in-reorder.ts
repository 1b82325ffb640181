import { base, ci, foreignLayer, mallory, on, sets, util } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a layer is added while the others change places',
  kind: 'attack',
  steps: [
    notified(sets([base, util], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([util, foreignLayer, base], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
