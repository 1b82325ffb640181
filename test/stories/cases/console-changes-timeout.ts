import { admin, base, edits, officeHours, on, util } from '../actors';
import { type Story, stored } from '../story';

export const story: Story = {
  name: 'somebody changes the timeout in the console, outside working hours',
  kind: 'benign',
  settings: officeHours,
  steps: [stored(edits([base, util], admin, on(1, '22:00')), 'no-layers')],
};
