import { ci, foreignLayer, mallory, on, publishes, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a layer is put on Layerwatch’s own detector',
  kind: 'attack',
  inRiskTable: true,
  steps: [
    notified(publishes('util', 2, ci, on(1, '09:00')), 'published', 'low'),
    notified(sets([foreignLayer], mallory, on(2, '10:00'), 'Layerwatch-Detector'), 'tampering', 'critical'),
  ],
};
