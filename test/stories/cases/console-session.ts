import { admin, base, ci, foreignLayer, on, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'somebody in the console attaches an unknown account’s layer',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(sets([base, foreignLayer], admin, on(2, '10:00')), 'added', 'high'),
  ],
};
