import { base, edits, on, terraform, util } from '../actors';
import { recorded, type Story } from '../story';

export const story: Story = {
  name: 'Terraform changes the memory of a function with layers',
  kind: 'benign',
  steps: [
    recorded(edits([base, util], terraform, on(1, '09:00')), 'no-layers', 'low'),
    recorded(edits([base, util], terraform, on(2, '09:00')), 'no-layers', 'low'),
  ],
};
