import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'neither parameters nor response can be read',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      {
        ...sets([base, foreignLayer], mallory, on(2, '10:00')),
        requestParameters: { omitted: true },
        responseElements: null,
      },
      'unreadable',
      'medium',
    ),
  ],
};
