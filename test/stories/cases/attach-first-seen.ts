import { foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the first that is ever seen of a function is a layer of an unknown account',
  kind: 'attack',
  steps: [notified(sets([foreignLayer], mallory, on(1, '10:00')), 'before-unknown', 'high')],
};
