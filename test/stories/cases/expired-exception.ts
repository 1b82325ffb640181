import { base, ci, creates, datadog, instrumenter, instrumenterPrincipal, on, sets } from '../actors';
import { noAlert, notified, type Story } from '../story';

export const story: Story = {
  name: 'an exception has expired, so its rollout is notified',
  kind: 'benign',
  settings: {
    exceptions: [
      {
        name: 'apm',
        owner: 'platform',
        reason: 'rollout',
        expires: '2026-01-01',
        principal: instrumenterPrincipal,
      },
    ],
  },
  steps: [
    noAlert(creates([base], ci, on(1, '09:00'))),
    notified(sets([base, datadog], instrumenter, on(2, '10:00')), 'added'),
  ],
};
