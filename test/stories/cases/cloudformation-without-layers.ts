import { cloudFormation, on, sendsAll } from '../actors';
import { type Story, stored } from '../story';

export const story: Story = {
  name: 'CloudFormation updates a function that has no layers',
  kind: 'benign',
  steps: [
    stored(sendsAll(undefined, cloudFormation, on(1, '09:00')), 'no-layers', 'low'),
    stored(sendsAll(undefined, cloudFormation, on(2, '09:00')), 'no-layers', 'low'),
  ],
};
