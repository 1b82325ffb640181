import { base, ci, datadog, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a security vendor’s extension is taken off by somebody who is no deployer',
  kind: 'attack',
  steps: [
    notified(sets([base, datadog], ci, on(1, '09:00')), 'before-unknown'),
    notified(sets([base], mallory, on(2, '10:00')), 'removed'),
  ],
};
