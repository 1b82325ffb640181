import { base, ci, layerVersion, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a layer goes back to the version before',
  kind: 'benign',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([layerVersion('base', 5)], ci, on(2, '10:00')), 'version-changed'),
    notified(sets([base], ci, on(2, '10:10')), 'version-changed'),
  ],
};
