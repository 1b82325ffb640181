import { base, ci, edits, foreignLayer, mallory, on, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

const resizes = Array.from({ length: 100 }, (_, index) =>
  recorded(
    edits([base], mallory, on(2, `10:${String(Math.floor(index / 3)).padStart(2, '0')}`)),
    'no-layers',
  ),
);

export const story: Story = {
  name: 'a hundred changes of memory come before the attack, in one window',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    ...resizes,
    notified(sets([base, foreignLayer], mallory, on(2, '10:50')), 'added', 'high'),
  ],
};
