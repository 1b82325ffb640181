import { base, ci, layerVersion, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a layer called like a vendor’s, from an account that is not the vendor’s',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      sets([base, layerVersion('Datadog-Extension', 91, '999988887777')], mallory, on(2, '10:00')),
      'added',
      'high',
    ),
  ],
};
