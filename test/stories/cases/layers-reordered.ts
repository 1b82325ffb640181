import { base, ci, creates, on, sets, util } from '../actors';
import { nothing, type Story, stored } from '../story';

export const story: Story = {
  name: 'the layers change places',
  kind: 'benign',
  steps: [
    nothing(creates([base, util], ci, on(1, '09:00'))),
    stored(sets([util, base], ci, on(2, '09:00')), 'reordered', 'low'),
  ],
};
