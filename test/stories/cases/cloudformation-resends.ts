import { base, cloudFormation, creates, on, sendsAll, util } from '../actors';
import { noAlert, recorded, type Story } from '../story';

export const story: Story = {
  name: 'CloudFormation sends the unchanged layers with a change of memory',
  kind: 'benign',
  inRiskTable: true,
  steps: [
    noAlert(creates([base, util], cloudFormation, on(1, '09:00'))),
    recorded(sendsAll([base, util], cloudFormation, on(2, '09:00')), 'unchanged', 'low'),
    recorded(sendsAll([base, util], cloudFormation, on(3, '09:00')), 'unchanged', 'low'),
  ],
};
