import { base, cloudFormation, foreignLayer, on, sendsAll } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a stack of the attacker adds the layer, so the call comes from CloudFormation',
  kind: 'attack',
  steps: [
    notified(sendsAll([base], cloudFormation, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sendsAll([base, foreignLayer], cloudFormation, on(2, '10:00')), 'added', 'high'),
  ],
};
