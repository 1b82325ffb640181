import { base, ci, datadog, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the pipeline adds a vendor’s layer',
  kind: 'benign',
  inRiskTable: true,
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, datadog], ci, on(2, '09:00')), 'added', 'medium'),
  ],
};
