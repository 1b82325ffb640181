import { admin, base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { noAlert, notified, recorded, type Story } from '../story';

const second = sets([base, foreignLayer], mallory, on(2, '10:25'));

export const story: Story = {
  name: 'the layer is taken off by the team and put back twice within one folding window',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:00')), 'added', 'high'),
    recorded(sets([base, foreignLayer], mallory, on(2, '10:05')), 'unchanged'),
    recorded(sets([base], admin, on(2, '10:10')), 'removed'),
    notified(sets([base, foreignLayer], mallory, on(2, '10:15')), 'added', 'high'),
    recorded(sets([base], admin, on(2, '10:20')), 'removed'),
    notified(second, 'added', 'high'),
    noAlert(second),
  ],
};
