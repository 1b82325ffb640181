import { calls, ci, ciPrincipal, on } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a configured deployer stops the trail',
  kind: 'attack',
  settings: { deployers: [{ name: 'pipeline', principal: ciPrincipal }], minimumBandToNotify: 'high' },
  steps: [
    notified(
      calls('cloudtrail', 'StopLogging', { name: 'main' }, ci, on(2, '10:00')),
      'tampering',
      'critical',
    ),
  ],
};
