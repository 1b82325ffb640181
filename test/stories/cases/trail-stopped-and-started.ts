import { calls, mallory, on } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the trail is stopped twice within the hour',
  kind: 'attack',
  steps: [
    notified(
      calls('cloudtrail', 'StopLogging', { name: 'main' }, mallory, on(2, '10:00')),
      'tampering',
      'critical',
    ),
    notified(
      calls('cloudtrail', 'StopLogging', { name: 'main' }, mallory, on(2, '10:20')),
      'tampering',
      'critical',
    ),
  ],
};
