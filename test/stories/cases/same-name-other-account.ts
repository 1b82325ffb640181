import { base, ci, layerVersion, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a layer of the same name, from an unknown account, takes the place of the own one',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([layerVersion('base', 4, '999988887777')], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
