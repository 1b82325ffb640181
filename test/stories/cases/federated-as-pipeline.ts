import { base, ci, ciPrincipal, federatedBy, foreignLayer, fromBrazil, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'a user without MFA federates a session and names it after the pipeline',
  kind: 'attack',
  settings: { deployers: [{ name: 'pipeline', principal: ciPrincipal }] },
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(
      sets([base, foreignLayer], federatedBy('bob', 'ci-deploy', fromBrazil), on(2, '10:00')),
      'added',
      'critical',
    ),
  ],
};
