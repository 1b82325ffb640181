import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'neither parameters nor response can be read',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(
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
