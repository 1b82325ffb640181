import { base, ci, ciPrincipal, datadog, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'the pipeline takes a vendor’s extension off',
  kind: 'benign',
  settings: { deployers: [{ name: 'pipeline', principal: ciPrincipal }] },
  steps: [
    notified(sets([base, datadog], ci, on(1, '09:00')), 'before-unknown'),
    recorded(sets([base], ci, on(2, '10:00')), 'removed'),
  ],
};
