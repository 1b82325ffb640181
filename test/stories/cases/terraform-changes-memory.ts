import { base, edits, on, terraform, util } from '../actors';
import { type Story, stored } from '../story';

export const story: Story = {
  name: 'Terraform changes the memory of a function with layers',
  kind: 'benign',
  steps: [
    stored(edits([base, util], terraform, on(1, '09:00')), 'no-layers', 'low'),
    stored(edits([base, util], terraform, on(2, '09:00')), 'no-layers', 'low'),
  ],
};
