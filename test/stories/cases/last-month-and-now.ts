import { base, ci, creates, layerVersion, on, publishes, sets } from '../actors';
import { nothing, type Story, told } from '../story';

export const story: Story = {
  name: 'the pipeline, not seen for five weeks, attaches its own new version',
  kind: 'benign',
  steps: [
    nothing(creates([base], ci, { eventTime: '2026-08-30T09:00:00Z' })),
    told(publishes('base', 5, ci, { eventTime: '2026-08-31T09:00:00Z' }), 'published', 'low'),
    told(sets([layerVersion('base', 5)], ci, on(2, '09:00')), 'version-changed', 'low'),
  ],
};
