import { base, ci, edits, eve, foreignLayer, officeHours, on, publishes, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

export const story: Story = {
  name: 'a user never seen, without MFA, attaches an unknown account’s layer at night',
  kind: 'attack',
  settings: officeHours,
  inRiskTable: true,
  steps: [
    notified(publishes('util', 2, ci, on(1, '09:00')), 'published', 'low'),
    recorded(edits([base], ci, on(1, '09:10')), 'no-layers', 'low'),
    notified(sets([base, foreignLayer], eve, on(2, '02:40')), 'added', 'critical'),
  ],
};
