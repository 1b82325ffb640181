import { base, ci, foreignLayer, mallory, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the request lists objects with an ARN',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([{ arn: base }, { arn: foreignLayer }], mallory, on(2, '10:00')), 'added', 'high'),
  ],
};
