import { base, ci, eve, layerVersion, on, publishes, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'a user never seen publishes a layer of the own account and attaches it minutes later',
  kind: 'attack',
  inRiskTable: true,
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(publishes('helper', 1, eve, on(2, '10:00')), 'published', 'medium'),
    told(sets([base, layerVersion('helper', 1)], eve, on(2, '10:04')), 'added', 'high'),
  ],
};
