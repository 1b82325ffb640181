import { admin, base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { nothing, type Story, stored, told } from '../story';

const second = sets([base, foreignLayer], mallory, on(2, '10:25'));

export const story: Story = {
  name: 'the layer is taken off by the team and put back twice within one folding window',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    stored(sets([base, foreignLayer], mallory, on(2, '10:05')), 'unchanged'),
    stored(sets([base], admin, on(2, '10:10')), 'removed'),
    told(sets([base, foreignLayer], mallory, on(2, '10:15')), 'added', 'high'),
    stored(sets([base], admin, on(2, '10:20')), 'removed'),
    told(second, 'added', 'high'),
    nothing(second),
  ],
};
