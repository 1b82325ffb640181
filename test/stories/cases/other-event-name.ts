import { base, ci, foreignLayer, mallory, on, sets, util } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the event’s name carries no version, or another one',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      { ...sets([base, foreignLayer], mallory, on(2, '10:00')), eventName: 'UpdateFunctionConfiguration' },
      'added',
      'high',
    ),
    notified(
      {
        ...sets([base, foreignLayer, util], mallory, on(2, '11:00')),
        eventName: 'UpdateFunctionConfiguration20150331',
      },
      'added',
      'low',
    ),
  ],
};
