import { cloudFormation, on, sendsAll } from '../actors';
import { recorded, type Story } from '../story';

export const story: Story = {
  name: 'CloudFormation updates a function that has no layers',
  kind: 'benign',
  steps: [
    recorded(sendsAll(undefined, cloudFormation, on(1, '09:00')), 'no-layers', 'low'),
    recorded(sendsAll(undefined, cloudFormation, on(2, '09:00')), 'no-layers', 'low'),
  ],
};
