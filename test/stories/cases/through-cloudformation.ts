import { base, cloudFormation, foreignLayer, on, sendsAll } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'a stack of the attacker adds the layer, so the call comes from CloudFormation',
  kind: 'attack',
  steps: [
    told(sendsAll([base], cloudFormation, on(1, '09:00')), 'before-unknown', 'low'),
    told(sendsAll([base, foreignLayer], cloudFormation, on(2, '10:00')), 'added', 'high'),
  ],
};
