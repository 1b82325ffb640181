import { eve, on, publishes } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'one actor publishes two versions of one layer within the hour',
  kind: 'attack',
  steps: [
    notified(publishes('base', 5, eve, on(2, '10:00')), 'published'),
    notified(publishes('base', 6, eve, on(2, '10:01')), 'published'),
  ],
};
