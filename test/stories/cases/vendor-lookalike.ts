import { base, ci, layerVersion, mallory, on, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'a layer called like a vendor’s, from an account that is not the vendor’s',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(
      sets([base, layerVersion('Datadog-Extension', 91, '999988887777')], mallory, on(2, '10:00')),
      'added',
      'high',
    ),
  ],
};
