import { base, ci, layerVersion, mallory, on, publishes, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'another version of a layer that is there, published by the attacker',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(publishes('base', 5, mallory, on(2, '10:00')), 'published', 'medium'),
    told(sets([layerVersion('base', 5)], mallory, on(2, '10:05')), 'version-changed', 'medium'),
  ],
};
