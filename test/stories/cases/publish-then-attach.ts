import { base, ci, eve, layerVersion, on, publishes, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a user never seen publishes a layer of the own account and attaches it minutes later',
  kind: 'attack',
  inRiskTable: true,
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(publishes('helper', 1, eve, on(2, '10:00')), 'published', 'medium'),
    notified(sets([base, layerVersion('helper', 1)], eve, on(2, '10:04')), 'added', 'high'),
  ],
};
