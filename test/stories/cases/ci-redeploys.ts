import { base, ci, creates, layerVersion, on, publishes, sets } from '../actors';
import { nothing, type Story, told } from '../story';

export const story: Story = {
  name: 'the pipeline publishes its own layer and attaches the new version, day after day',
  kind: 'benign',
  inRiskTable: true,
  steps: [
    nothing(creates([base], ci, on(1, '08:00'))),
    ...[5, 6, 7].flatMap((version, index) => [
      told(publishes('base', version, ci, on(2 + index, '09:00')), 'published', 'low'),
      told(sets([layerVersion('base', version)], ci, on(2 + index, '09:02')), 'version-changed', 'low'),
    ]),
  ],
};
