import { base, ci, layerVersion, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a layer of a vendor’s account that is not called like the vendor’s layers',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      sets([base, layerVersion('exfil', 1, '464622532012')], mallory, on(2, '10:00')),
      'added',
      'high',
    ),
  ],
};
