import { base, cloudFormation, creates, deletes, on, sendsAll } from '../actors';
import { nothing, type Story, stored } from '../story';

export const story: Story = {
  name: 'a function is replaced by one with the same layers',
  kind: 'benign',
  steps: [
    nothing(creates([base], cloudFormation, on(1, '09:00'))),
    nothing(deletes(cloudFormation, on(2, '09:00'))),
    nothing(creates([base], cloudFormation, on(2, '09:01'))),
    stored(sendsAll([base], cloudFormation, on(3, '09:00')), 'unchanged', 'low'),
  ],
};
