import { base, ci, ciPrincipal, foreignLayer, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'the pipeline puts on a layer of an unknown account, with a minimum severity of medium',
  kind: 'attack',
  settings: { deployers: [{ name: 'pipeline', principal: ciPrincipal }], minimumBandToNotify: 'medium' },
  steps: [
    recorded(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified(sets([base, foreignLayer], ci, on(2, '10:00')), 'added'),
  ],
};
