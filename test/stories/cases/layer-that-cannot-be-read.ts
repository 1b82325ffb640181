import { base, ci, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'an entry of the list is no ARN of a layer',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, 'arn:aws:lambda:evil'], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
