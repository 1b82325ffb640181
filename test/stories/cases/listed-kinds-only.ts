import { base, ci, layerVersion, on, sets, util } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'only published and added are chosen, and a version change is recorded',
  kind: 'benign',
  settings: { notifyOn: ['added', 'published'] },
  steps: [
    recorded(sets([base], ci, on(1, '09:00')), 'before-unknown'),
    recorded(sets([layerVersion('base', 5)], ci, on(2, '10:00')), 'version-changed'),
    notified(sets([layerVersion('base', 5), util], ci, on(2, '10:05')), 'added'),
  ],
};
