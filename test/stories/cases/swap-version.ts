import { base, ci, layerVersion, mallory, on, publishes, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'another version of a layer that is there, published by the attacker',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(publishes('base', 5, mallory, on(2, '10:00')), 'published', 'medium'),
    notified(sets([layerVersion('base', 5)], mallory, on(2, '10:05')), 'version-changed', 'medium'),
  ],
};
