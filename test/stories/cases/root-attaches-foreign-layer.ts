import { base, ci, foreignLayer, on, root, sets } from '../actors';
import { type Story, told } from '../story';

export const story: Story = {
  name: 'the root user attaches an unknown account’s layer',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    told(sets([base, foreignLayer], root, on(2, '10:00')), 'added', 'critical'),
  ],
};
