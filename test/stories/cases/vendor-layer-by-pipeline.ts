import { base, ci, datadog, on, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'the pipeline adds a vendor’s layer',
  kind: 'benign',
  inRiskTable: true,
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(sets([base, datadog], ci, on(2, '09:00')), 'added', 'medium'),
  ],
};
