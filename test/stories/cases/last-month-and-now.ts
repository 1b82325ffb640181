import { base, ci, creates, layerVersion, on, publishes, sets } from '../actors';
import { noAlert, notified, type Story } from '../story';

export const story: Story = {
  name: 'the pipeline, not seen for five weeks, attaches its own new version',
  kind: 'benign',
  steps: [
    noAlert(creates([base], ci, { eventTime: '2026-08-30T09:00:00Z' })),
    notified(publishes('base', 5, ci, { eventTime: '2026-08-31T09:00:00Z' }), 'published', 'low'),
    notified(sets([layerVersion('base', 5)], ci, on(2, '09:00')), 'version-changed', 'low'),
  ],
};
