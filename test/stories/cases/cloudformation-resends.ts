import { base, cloudFormation, creates, on, sendsAll, util } from '../actors';
import { nothing, type Story, stored } from '../story';

export const story: Story = {
  name: 'CloudFormation sends the unchanged layers with a change of memory',
  kind: 'benign',
  inRiskTable: true,
  steps: [
    nothing(creates([base, util], cloudFormation, on(1, '09:00'))),
    stored(sendsAll([base, util], cloudFormation, on(2, '09:00')), 'unchanged', 'low'),
    stored(sendsAll([base, util], cloudFormation, on(3, '09:00')), 'unchanged', 'low'),
  ],
};
