import { base, ci, creates, layerVersion, on, publishes, sets } from '../actors';
import { noAlert, notified, type Story } from '../story';

export const story: Story = {
  name: 'the pipeline publishes its own layer and attaches the new version, day after day',
  kind: 'benign',
  inRiskTable: true,
  steps: [
    noAlert(creates([base], ci, on(1, '08:00'))),
    ...[5, 6, 7].flatMap((version, index) => [
      notified(publishes('base', version, ci, on(2 + index, '09:00')), 'published', 'low'),
      notified(sets([layerVersion('base', version)], ci, on(2 + index, '09:02')), 'version-changed', 'low'),
    ]),
  ],
};
