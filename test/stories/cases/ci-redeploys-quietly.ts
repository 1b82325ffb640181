import { base, ci, ciPrincipal, creates, layerVersion, on, publishes, sets } from '../actors';
import { noAlert, recorded, type Story } from '../story';

export const story: Story = {
  name: 'the same with the pipeline as deployer, where only medium and above is notified',
  kind: 'benign',
  settings: { minimumBandToNotify: 'medium', deployers: [{ name: 'pipeline', principal: ciPrincipal }] },
  steps: [
    noAlert(creates([base], ci, on(1, '08:00'))),
    ...[5, 6, 7].flatMap((version, index) => [
      recorded(publishes('base', version, ci, on(2 + index, '09:00')), 'published', 'low'),
      recorded(sets([layerVersion('base', version)], ci, on(2 + index, '09:02')), 'version-changed', 'low'),
    ]),
  ],
};
