import { base, ci, datadog, mallory, on, sets, util } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'an exception covers a vendor’s layer, and the call also takes another vendor layer off',
  kind: 'attack',
  settings: {
    exceptions: [
      { name: 'helpers', owner: 'platform', reason: 'own helpers', expires: '2099-01-01', layer: util },
    ],
  },
  steps: [
    notified(sets([base, datadog], ci, on(1, '09:00')), 'before-unknown'),
    notified(sets([util], mallory, on(2, '10:00')), 'added'),
  ],
};
