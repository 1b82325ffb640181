import { base, cloudFormation, creates, deletes, on, sendsAll } from '../actors';
import { noAlert, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a function is replaced by one with the same layers',
  kind: 'benign',
  steps: [
    noAlert(creates([base], cloudFormation, on(1, '09:00'))),
    noAlert(deletes(cloudFormation, on(2, '09:00'))),
    noAlert(creates([base], cloudFormation, on(2, '09:01'))),
    recorded(sendsAll([base], cloudFormation, on(3, '09:00')), 'unchanged', 'low'),
  ],
};
