import { base, ci, edits, eve, foreignLayer, officeHours, on, publishes, sets } from '../actors';
import { type Story, stored, told } from '../story';

export const story: Story = {
  name: 'a user never seen, without MFA, attaches an unknown account’s layer at night',
  kind: 'attack',
  settings: officeHours,
  inRiskTable: true,
  steps: [
    told(publishes('util', 2, ci, on(1, '09:00')), 'published', 'low'),
    stored(edits([base], ci, on(1, '09:10')), 'no-layers', 'low'),
    told(sets([base, foreignLayer], eve, on(2, '02:40')), 'added', 'critical'),
  ],
};
