import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'an export has flattened the list of layers to one text',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      {
        ...sets([foreignLayer], mallory, on(2, '10:00')),
        requestParameters: { functionName: 'payments', layers: foreignLayer },
      },
      'added',
      'high',
    ),
  ],
};
