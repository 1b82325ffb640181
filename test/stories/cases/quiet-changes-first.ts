import { base, ci, edits, foreignLayer, mallory, on, sets } from '../actors';
import { type Story, stored, told } from '../story';

const resizes = Array.from({ length: 100 }, (_, index) =>
  stored(edits([base], mallory, on(2, `10:${String(Math.floor(index / 3)).padStart(2, '0')}`)), 'no-layers'),
);

export const story: Story = {
  name: 'a hundred changes of memory come before the attack, in one window',
  kind: 'attack',
  steps: [
    told(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    ...resizes,
    told(sets([base, foreignLayer], mallory, on(2, '10:50')), 'added', 'high'),
  ],
};
