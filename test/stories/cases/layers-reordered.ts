import { base, ci, creates, on, sets, util } from '../actors';
import { noAlert, recorded, type Story } from '../story';

export const story: Story = {
  name: 'the layers change places',
  kind: 'benign',
  steps: [
    noAlert(creates([base, util], ci, on(1, '09:00'))),
    recorded(sets([util, base], ci, on(2, '09:00')), 'reordered', 'low'),
  ],
};
