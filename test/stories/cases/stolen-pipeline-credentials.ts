import { base, ci, ciPrincipal, foreignLayer, fromBrazil, on, sets } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the pipeline’s role acts from a country it was never seen in',
  kind: 'attack',
  settings: { deployers: [{ name: 'pipeline', principal: ciPrincipal }] },
  inRiskTable: true,
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], { ...ci, ...fromBrazil }, on(2, '10:00')), 'added', 'high'),
  ],
};
