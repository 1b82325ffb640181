import { base, ci, layerVersion, on, sets } from '../actors';
import { notified, type Story } from '../story';

const shared = layerVersion('shared', 1, '210987654321');

export const story: Story = {
  name: 'the pipeline adds a layer of a trusted account that was seen before',
  kind: 'benign',
  settings: { trustedAccounts: ['210987654321'] },
  inRiskTable: true,
  steps: [
    notified(sets([shared], ci, on(1, '09:00'), 'orders'), 'before-unknown', 'low'),
    notified(sets([base], ci, on(1, '10:00')), 'before-unknown', 'low'),
    notified(sets([base, shared], ci, on(2, '09:00')), 'added', 'low'),
  ],
};
