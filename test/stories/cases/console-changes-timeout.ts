import { admin, base, edits, officeHours, on, util } from '../actors';
import { recorded, type Story } from '../story';

export const story: Story = {
  name: 'somebody changes the timeout in the console, outside working hours',
  kind: 'benign',
  settings: officeHours,
  steps: [recorded(edits([base, util], admin, on(1, '22:00')), 'no-layers')],
};
