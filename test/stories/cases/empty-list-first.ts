import { foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'an empty list on an unknown function is no news, and the attach behind it is',
  kind: 'attack',
  steps: [
    recorded(sets([], mallory, on(2, '10:00')), 'removed'),
    notified(sets([foreignLayer], mallory, on(2, '10:05')), 'added', 'high'),
  ],
};
